/** The walls of docs/architecture.md, held by the build: `npm run check:walls`. */
const door = (program, library, file) => ({
  name: `one-door-${library.replace(/[^a-z]/g, '-')}-${program.replace(/[^a-z]/g, '-')}`,
  comment: `${library} has one door in ${program}: ${file}`,
  severity: 'error',
  from: { path: `^${program}/src`, pathNot: file },
  to: { path: `^node_modules/${library}/|^${library}$` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'No circle, not even of types.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'raw-pixels-stay',
      comment: 'Promise 2: only decode, perceive, decide and anonymise can name a raw Frame.',
      severity: 'error',
      from: {
        path: '^agent/src',
        pathNot: '^agent/src/(decode|perceive|decide|anonymise)/|^agent/src/(pipeline|stages|flow/.*)\\.ts$',
      },
      to: { path: '^agent/src/decode/(frame|pool)\\.ts$' },
    },
    {
      name: 'encode-and-publish-see-cleared-only',
      comment: 'Promise 2: encode and publish never import decode, perceive, decide or camera.',
      severity: 'error',
      from: { path: '^agent/src/(encode|publish)/' },
      to: { path: '^agent/src/(decode|perceive|camera)/' },
    },
    {
      name: 'only-anonymise-makes-cleared',
      comment: 'Promise 2: the maker of a Cleared is used inside anonymise only.',
      severity: 'error',
      from: { path: '^(agent|relay|shared)/', pathNot: '^agent/src/anonymise/' },
      to: { path: '^agent/src/anonymise/(?!cleared\\.ts$|anonymise\\.ts$)' },
    },
    {
      name: 'one-valve',
      comment:
        'Promise 3: the gate is reached by the composition only; what may open is decided by plan/may through look/look.',
      severity: 'error',
      from: { path: '^agent/src', pathNot: '^agent/src/(agent|pipeline|look/.*)\\.ts$' },
      to: { path: '^agent/src/look/gate\\.ts$' },
    },
    {
      name: 'blind-pass',
      comment: 'Promises 1 and 4: the pass has no key and no store.',
      severity: 'error',
      from: { path: '^relay/src/pass/' },
      to: { path: '^relay/src/store/|^shared/src/seal/|^node:crypto$' },
    },
    { name: 'agent-without-relay', severity: 'error', from: { path: '^agent/' }, to: { path: '^relay/' } },
    { name: 'relay-without-agent', severity: 'error', from: { path: '^relay/' }, to: { path: '^agent/' } },
    {
      name: 'relay-without-console',
      severity: 'error',
      from: { path: '^relay/src/' },
      to: { path: '^relay/console/' },
    },
    {
      name: 'console-imports-shared-only',
      severity: 'error',
      from: { path: '^relay/console/' },
      to: { path: '^(agent|relay/src)/' },
    },
    {
      name: 'shared-imports-nobody',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(agent|relay|scripts|test|models)/' },
    },
    {
      name: 'product-without-scripts-and-tests',
      severity: 'error',
      from: { path: '^(agent|relay)/' },
      to: { path: '^(scripts|test)/' },
    },
    {
      name: 'shared-does-no-io',
      comment: 'Shared runs in Node and in the browser.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'sql-in-store-only',
      severity: 'error',
      from: { path: '^agent/src', pathNot: '^agent/src/store/' },
      to: { path: '^node:sqlite$|^sqlite$' },
    },
    door('agent', 'onnxruntime-node', '^agent/src/perceive/model-thread\\.ts$'),
    door('agent', 'mqtt', '^agent/src/mqtt/connection\\.ts$'),
    door('agent', 'ws', '^agent/src/publish/socket\\.ts$'),
    door('agent', 'pino', '^agent/src/log\\.ts$'),
    door('relay', 'aedes', '^relay/src/mqtt/'),
    door('relay', 'pino', '^relay/src/log\\.ts$'),
    door('shared', '@hpke', '^shared/src/seal/hpke\\.ts$'),
    door('shared', 'temporal-polyfill', '^shared/src/time/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
    combinedDependencies: true,
  },
};
