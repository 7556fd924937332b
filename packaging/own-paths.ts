/** Rewrites, while bundling, what our sources find by their own place: in the package everything lies beside the module. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'rolldown';

const address = /new URL\((['"])([^'"]+)\1,\s*import\.meta\.url\)/g;

/**
 * @param places by absolute path of what is meant: the path from the module in the package
 * @throws Error, which ends the bundling, where a source finds something by its place that the package does not have
 */
export function ownPaths(root: string, places: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'own-paths',
    transform(code, id) {
      if (id.includes('/node_modules/') || !id.startsWith(root) || !code.includes('import.meta.')) return undefined;
      const written = code.replace(address, (_all, _quote, path: string) => {
        const meant = fileURLToPath(new URL(path, pathToFileURL(id)));
        const place = places.get(meant);
        if (place === undefined)
          throw new Error(`${id} finds ${meant} by its own place: the package has no such file.`);
        return `new URL('${place}', import.meta.url)`;
      });
      if (written.replace(address, '').includes('import.meta.'))
        throw new Error(`${id} asks for its own place in a way that packaging/own-paths.ts does not know.`);
      return { code: written };
    },
  };
}

const binding = 'onnxruntime_binding.node';

/** ONNX Runtime looks for its library in a folder for each kind of machine; in the package it lies beside the module. */
export const nativeBeside: Plugin = {
  name: 'native-beside',
  transform(code, id) {
    if (!id.endsWith('/onnxruntime-node/dist/binding.js')) return undefined;
    const place =
      /require\(`\.\.\/bin\/napi-v\d+\/\$\{process\.platform\}\/\$\{process\.arch\}\/onnxruntime_binding\.node`\)/;
    if (!place.test(code)) throw new Error(`${resolve(dirname(id))} loads its library in another way than it did.`);
    return { code: code.replace(place, `require('./${binding}')`) };
  },
  resolveId: (id) => (id === `./${binding}` ? { id, external: true } : undefined),
};
