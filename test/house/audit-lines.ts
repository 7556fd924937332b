/** What the relay writes into its log, read off its sources: names of the small print, codes that stand there as words of the program, who and about what. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const source = new URL('../../relay/src/', import.meta.url);

export interface Written {
  /** File and line. */
  readonly where: string;
  readonly name: string;
  /** Absent: it is known only when it is written. */
  readonly code?: string;
}

/** Everything that a line can say was done. */
export const deedsInLog = (): readonly string[] => {
  const text = readFileSync(new URL('audit/audit.ts', source), 'utf8');
  const union = /export type AuditWhat =([^;]*);/.exec(text)?.[1] ?? '';
  return [...union.matchAll(/'([^']+)'/g)].map(([, what]) => what ?? '');
};

/** Where in a call that ends in the log each thing stands: by the names of the parameters, wherever they are declared. */
type Places = ReadonlyMap<string, readonly (readonly string[])[]>;

/** @returns each detail of each line; and as details named «(who)», «(what)» and «(subject)» what stands there as a word of the program */
export function writtenInLog(): readonly Written[] {
  const files = (readdirSync(source, { recursive: true, encoding: 'utf8' }) as string[])
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const text = readFileSync(new URL(name, source), 'utf8');
      return { name, tree: ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true) };
    });
  const places = placesOf(files.map(({ tree }) => tree));
  return files.flatMap(({ name, tree }) => {
    const found: Written[] = [];
    const put = (node: ts.Node, key: string, codes: readonly string[]) => {
      const where = `${name}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      if (codes.length === 0) found.push({ where, name: key });
      for (const code of codes) found.push({ where, name: key, code });
    };
    const details = (node: ts.Node) => {
      for (const [key, value] of namesIn(node, tree)) put(value, key, codesIn(value, tree));
    };
    each(tree, (node) => {
      // How many of each kind have been forgotten.
      if (ts.isVariableDeclaration(node) && node.name.getText() === 'gone' && node.initializer)
        details(node.initializer);
      if (ts.isCallExpression(node))
        for (const parameters of places.get(calledName(node)) ?? []) {
          // Something else that is called so.
          if (node.arguments.length < parameters.indexOf('details')) continue;
          node.arguments.forEach((given, at) => {
            if (parameters[at] === 'details') details(given);
            else if (parameters[at] === 'who' || parameters[at] === 'subject')
              for (const code of codesIn(given, tree)) put(given, `(${parameters[at]})`, [code]);
          });
        }
      // A refusal is handed over as one thing, and so is what a machine of the relay wants written.
      if (ts.isPropertyAssignment(node) && node.name.getText() === 'details') details(node.initializer);
      if (ts.isVariableDeclaration(node) && node.name.getText() === 'details' && node.initializer)
        details(node.initializer);
    });
    return found;
  });
}

function each(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => each(child, visit));
}

function placesOf(trees: readonly ts.SourceFile[]): Places {
  const places = new Map<string, (readonly string[])[]>();
  for (const tree of trees)
    each(tree, (node) => {
      if (!ts.isFunctionLike(node)) return;
      const parameters = node.parameters.map((one) => one.name.getText());
      if (!parameters.includes('details')) return;
      const owner = node.name ? node : node.parent;
      const name = 'name' in owner ? (owner.name as ts.Node | undefined)?.getText() : undefined;
      if (name) places.set(name, [...(places.get(name) ?? []), parameters]);
    });
  return places;
}

const calledName = ({ expression }: ts.CallExpression): string =>
  ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();

/** Of an object, whatever of it is put in only sometimes, and of what is named so in the same file. */
function namesIn(node: ts.Node, tree: ts.SourceFile): readonly (readonly [string, ts.Node])[] {
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap((one) => {
      if (ts.isSpreadAssignment(one)) return namesIn(one.expression, tree);
      if (ts.isPropertyAssignment(one)) return [[one.name.getText().replaceAll("'", ''), one.initializer] as const];
      return ts.isShorthandPropertyAssignment(one) ? [[one.name.text, one.name] as const] : [];
    });
  if (ts.isParenthesizedExpression(node)) return namesIn(node.expression, tree);
  if (ts.isConditionalExpression(node)) return [...namesIn(node.whenTrue, tree), ...namesIn(node.whenFalse, tree)];
  if (ts.isBinaryExpression(node)) return namesIn(node.right, tree);
  const said = ts.isCallExpression(node) ? node.expression : node;
  return ts.isIdentifier(said) && said.text !== 'details'
    ? declared(said.text, tree).flatMap((one) => namesIn(one, tree))
    : [];
}

/** What a name stands for in this file: its first value, or what it returns. */
function declared(name: string, tree: ts.SourceFile): readonly ts.Node[] {
  const found: ts.Node[] = [];
  each(tree, (node) => {
    if (!ts.isVariableDeclaration(node) || node.name.getText() !== name || !node.initializer) return;
    const made = ts.isArrowFunction(node.initializer) ? node.initializer.body : node.initializer;
    if (!ts.isIdentifier(made)) found.push(made);
  });
  return found;
}

/** The words that it can be, where they stand there or are handed over in the same file. */
function codesIn(node: ts.Node, tree: ts.SourceFile): readonly string[] {
  if (ts.isStringLiteral(node)) return node.text === '' ? [] : [node.text];
  if (ts.isParenthesizedExpression(node)) return codesIn(node.expression, tree);
  if (ts.isConditionalExpression(node)) return [...codesIn(node.whenTrue, tree), ...codesIn(node.whenFalse, tree)];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
    return [...codesIn(node.left, tree), ...codesIn(node.right, tree)];
  return ts.isIdentifier(node) ? handedOver(node, tree) : [];
}

/** What a parameter of a function is given by those who call it. */
function handedOver(node: ts.Identifier, tree: ts.SourceFile): readonly string[] {
  const within = ts.findAncestor(
    node,
    (one) => ts.isFunctionLike(one) && one.parameters.some(({ name }) => name.getText() === node.text),
  ) as ts.SignatureDeclaration | undefined;
  const called = within && (within.name ?? (ts.isVariableDeclaration(within.parent) ? within.parent.name : undefined));
  if (!within || !called) return [];
  const at = within.parameters.findIndex(({ name }) => name.getText() === node.text);
  const codes: string[] = [];
  each(tree, (one) => {
    if (!ts.isCallExpression(one) || one.expression.getText() !== called.getText()) return;
    const given = one.arguments[at];
    if (given && !ts.isIdentifier(given)) codes.push(...codesIn(given, tree));
  });
  return codes;
}
