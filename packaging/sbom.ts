/** Pure. The list of all that is in a package, as CycloneDX 1.6 in JSON: our module, the libraries in it, Node, ONNX Runtime, the models. */
import { ComponentType, HashAlgorithm } from '@cyclonedx/cyclonedx-library/Enums';
import {
  Bom,
  Component,
  HashDictionary,
  LicenseExpression,
  LicenseRepository,
  Metadata,
  NamedLicense,
  SpdxLicense,
} from '@cyclonedx/cyclonedx-library/Models';
import { JSON as Json, JsonSerializer } from '@cyclonedx/cyclonedx-library/Serialize';
import { isSupportedSpdxId } from '@cyclonedx/cyclonedx-library/SPDX';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';

export interface Item {
  readonly type: 'application' | 'library' | 'platform' | 'model' | 'file';
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, or a name of a licence. */
  readonly licence: string;
  readonly about?: string;
  /** Package URL. */
  readonly purl?: string;
  /** By which lists of known holes name it. */
  readonly cpe?: string;
  /** Of the file in the package, hexadecimal. */
  readonly sha256?: string;
  /** What is linked into it. */
  readonly holds?: readonly Item[];
}

const types = {
  application: ComponentType.Application,
  library: ComponentType.Library,
  platform: ComponentType.Platform,
  model: ComponentType.MachineLearningModel,
  file: ComponentType.File,
} as const;

/** @param program what the list is of @param at the time of the commit: two builds of it give the same list */
export function sbom(program: Item, items: readonly Item[], at: Date): string {
  const whole = component(program);
  const parts = items.map(component);
  for (const part of parts) whole.dependencies.add(part.bomRef);
  const bom = new Bom({ metadata: new Metadata({ component: whole, timestamp: at }) });
  for (const part of parts) bom.components.add(part);
  return `${new JsonSerializer(new Json.Normalize.Factory(Spec1dot6)).serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function component(item: Item): Component {
  const { type, name, version, about, purl, cpe, sha256, holds = [] } = item;
  const made = new Component(types[type], name, {
    version,
    // One reference a thing: names of Node and of a library may be the same.
    bomRef: purl ?? `${type}:${name}@${version}`,
    licenses: new LicenseRepository([licence(item.licence)]),
    ...(about && { description: about }),
    ...(purl && { purl }),
    ...(cpe && { cpe: cpe as Component['cpe'] & string }),
    ...(sha256 && { hashes: new HashDictionary([[HashAlgorithm['SHA-256'], sha256]]) }),
  });
  for (const inner of holds) made.components.add(component(inner));
  return made;
}

function licence(words: string) {
  if (isSupportedSpdxId(words)) return new SpdxLicense(words);
  return / (AND|OR|WITH) /.test(words) ? new LicenseExpression(words) : new NamedLicense(words);
}
