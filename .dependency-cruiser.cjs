// Which way imports point. Every rule is an error; docs/architecture.md draws the same arrows.
//
//   web -> policy <- api        sdk -> policy/contract        api, sdk -> audit        api -> telemetry
//   api:    resolver | controller | processor -> service -> repository | read-model -> infra
//   web:    app -> pages -> features -> shared
//   policy: pipeline -> stages -> (matrix | ramp) -> vocabulary

/** Tests may reach where the product may not. */
const TEST = '\\.test\\.tsx?$';
/** The files that may speak SQL or Prisma. */
const STORAGE = ['\\.(repository|read-model)\\.ts$', '^apps/api/src/infra/', '^apps/api/src/ledger/'];
/** Wiring: a module may name everything it assembles. */
const WIRING = ['\\.module\\.ts$', '^apps/api/src/(main|worker)\\.ts$'];
/** The edges: what admins, agents and queues call. */
const EDGE = '\\.(resolver|controller|processor)\\.ts$';
/** What every feature stands on: storage doors and errors, the ledger, who is asking, where agents come in. */
const FOUNDATION = '^apps/api/src/(infra|ledger|auth|entrance)/';
const DATABASE = '(^|/)node_modules/(pg|@prisma/[^/]+|prisma)/|^(pg|@prisma/.+)$|^prisma/(?!seed/)'; // the seed is data

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no beginning to read from.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-cycles-of-rooms',
      comment: 'The folders of the API can be read one after another: none needs what needs it.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^apps/api/src/[^/]+$' },
      to: { circular: true, path: '^apps/api/src/[^/]+$' },
    },
    {
      name: 'resolvable',
      comment: 'An import that resolves to nothing.',
      severity: 'error',
      from: { pathNot: 'src/generated/' },
      // The second holds types only.
      to: { couldNotResolve: true, pathNot: ['/generated/', '^@graphql-typed-document-node/core$'] },
    },
    {
      name: 'declared-dependencies-only',
      comment: 'A package uses what its own package.json (or the root, for tools) names.',
      severity: 'error',
      from: { path: '^(apps|packages|prisma)/[^.]*src/', pathNot: TEST },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-tests-in-product',
      comment: 'Product code never imports a test.',
      severity: 'error',
      from: { pathNot: [TEST, '^apps/(api/test|web/e2e)/', '^prisma/test/'] },
      to: { path: [TEST, '^apps/(api/test|web/e2e)/'] },
    },

    // --- packages -----------------------------------------------------------------------------------------
    {
      name: 'policy-is-pure',
      comment: 'The decision uses CASL, CEL and a schema library, nothing else: no Node, no other package.',
      severity: 'error',
      from: { path: '^packages/policy/src/', pathNot: TEST },
      to: {
        pathNot: [
          '^packages/policy/src/',
          '(^|/)node_modules/(@casl/ability|@bufbuild/cel|@bufbuild/protobuf|@bufbuild/re2|zod)/',
        ],
      },
    },
    {
      name: 'telemetry-is-pure',
      comment: 'Reading spans needs the wire format and nothing else: no Node, no other package.',
      severity: 'error',
      from: { path: '^packages/telemetry/src/', pathNot: [TEST, '^packages/telemetry/src/testing/'] },
      to: { pathNot: ['^packages/telemetry/src/', '(^|/)node_modules/@bufbuild/protobuf/'] },
    },
    {
      name: 'policy-vocabulary-is-the-floor',
      comment: 'vocabulary.ts is what everything else is said in; it needs nothing of the pipeline.',
      severity: 'error',
      from: { path: '^packages/policy/src/(vocabulary|finding|reasons)\\.ts$' },
      to: { path: '^packages/policy/src/(pipeline\\.ts|stages/|matrix/|expressions/|ramp/)' },
    },
    {
      name: 'stages-never-know-the-pipeline',
      comment: 'pipeline -> stages, never back.',
      severity: 'error',
      from: { path: '^packages/policy/src/(stages|matrix|ramp)/', pathNot: TEST },
      to: { path: '^packages/policy/src/pipeline\\.ts$' },
    },
    {
      name: 'stages-never-know-their-neighbours',
      comment: 'One question a file; the runner alone knows the order.',
      severity: 'error',
      from: { path: '^packages/policy/src/stages/([^/.]+)(\\.ts|/)', pathNot: TEST },
      to: { path: '^packages/policy/src/stages/', pathNot: '^packages/policy/src/stages/$1(\\.ts|/)' },
    },
    {
      name: 'matrix-and-ramp-never-know-the-stages',
      severity: 'error',
      from: { path: '^packages/policy/src/(matrix|ramp)/', pathNot: TEST },
      to: { path: '^packages/policy/src/stages/' },
    },
    {
      name: 'expressions-know-no-policy',
      comment:
        'CEL, JSON Schema and patterns are languages with one meter; what they are used for is not their business.',
      severity: 'error',
      from: { path: '^packages/policy/src/expressions/', pathNot: TEST },
      to: { path: '^packages/policy/src/(?!expressions/|(vocabulary|json-pointer)\\.ts)' },
    },
    {
      name: 'audit-stands-alone',
      comment: 'An auditor trusts the verifier because it shares nothing with what it verifies.',
      severity: 'error',
      from: { path: '^packages/audit/src/' },
      to: { path: ['^apps/', '^packages/(?!audit/)', '^prisma/'] },
    },
    {
      name: 'replay-stands-on-data',
      comment: 'It plays a recording with the keys in a file, against any Reeve: no database, no seed.',
      severity: 'error',
      from: { path: '^packages/replay/src/' },
      to: { path: ['^apps/', '^packages/(?!replay/)', '^prisma/'] },
    },
    {
      name: 'sdk-sees-the-contract',
      comment: 'sdk -> policy/contract and audit.',
      severity: 'error',
      from: { path: '^packages/sdk/src/', pathNot: TEST },
      to: {
        path: ['^apps/', '^prisma/', '^packages/policy/src/'],
        pathNot: '^packages/policy/src/(contract/|index\\.ts$)',
      },
    },
    {
      name: 'sdk-runs-anywhere',
      comment: 'No dependency at all, and nothing of Node outside the entry that is for Node.',
      severity: 'error',
      from: { path: '^packages/sdk/src/', pathNot: [TEST, '^packages/sdk/src/testing/'] },
      to: { pathNot: ['^packages/sdk/src/', '^(node:)?(crypto|fs|fs/promises|path)$'] },
    },
    {
      name: 'sdk-core-knows-no-node',
      severity: 'error',
      from: { path: '^packages/sdk/src/', pathNot: [TEST, '^packages/sdk/src/(testing/|node\\.ts$)'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'packages-never-know-applications',
      severity: 'error',
      from: { path: '^(packages|prisma)/', pathNot: ['^prisma/seed/'] },
      to: { path: '^apps/' },
    },
    {
      name: 'packages-enter-by-their-index',
      comment: 'A workspace is used through the entries its package.json exports.',
      severity: 'error',
      from: { path: '^(apps|packages|prisma|bench)/([^/]+)/', pathNot: TEST },
      to: {
        path: '^packages/([^/]+)/src/',
        pathNot: [
          '^packages/$2/src/',
          '^packages/[^/]+/src/(index|chain|roles/ability|stops/index|contract/index)\\.ts$',
        ],
      },
    },

    // --- the API ------------------------------------------------------------------------------------------
    {
      name: 'api-never-imports-web',
      severity: 'error',
      from: { path: '^apps/api/' },
      to: { path: '^apps/web/' },
    },
    {
      name: 'edges-never-reach-storage',
      comment:
        'resolver | controller | processor -> service: no repository, no read model, no SQL, no Prisma.',
      severity: 'error',
      from: { path: `^apps/api/src/.*${EDGE}` },
      to: { path: ['\\.(repository|read-model)\\.ts$', DATABASE], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-storage-speaks-sql',
      comment: 'SQL and Prisma live in repositories, read models, the ledger and infra.',
      severity: 'error',
      from: { path: '^apps/api/src/', pathNot: [TEST, ...STORAGE, ...WIRING] },
      to: { path: DATABASE, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'services-are-called-not-calling-edges',
      comment: 'Nothing but wiring imports an edge.',
      severity: 'error',
      from: { path: '^apps/api/src/', pathNot: [TEST, ...WIRING] },
      to: { path: `^apps/api/src/.*${EDGE}` },
    },
    {
      name: 'storage-never-calls-up',
      comment: 'repository | read-model -> infra, never a service.',
      severity: 'error',
      from: { path: '\\.(repository|read-model)\\.ts$' },
      to: { path: '\\.service\\.ts$' },
    },
    {
      name: 'features-meet-at-services',
      comment:
        "feature -> another feature's service only (a GraphQL model is a word, types are free, wiring is a module's work).",
      severity: 'error',
      from: { path: '^apps/api/src/([^/]+)/', pathNot: [TEST, '\\.module\\.ts$'] },
      to: {
        path: '^apps/api/src/[^/]+/',
        pathNot: ['^apps/api/src/$1/', FOUNDATION, '\\.(service|model)\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'storage-is-private-to-its-feature',
      comment: "Another feature's tables are reached through its service, foundations included.",
      severity: 'error',
      from: { path: '^apps/api/src/([^/]+)/', pathNot: [TEST, '\\.module\\.ts$'] },
      to: { path: '\\.(repository|read-model)\\.ts$', pathNot: '^apps/api/src/$1/' },
    },
    {
      name: 'the-writing-door',
      comment: 'The ledger role is opened only where evidence is written: the ledger and the decision loop.',
      severity: 'error',
      from: { path: '^apps/api/src/', pathNot: [TEST, '^apps/api/src/(ledger|evaluations)/', ...WIRING] },
      to: { path: '^apps/api/src/ledger/(ledger-connection|ledger\\.sql)\\.ts$' },
    },
    {
      name: 'infra-knows-no-feature',
      severity: 'error',
      from: { path: '^apps/api/src/infra/', pathNot: TEST },
      to: { path: '^apps/api/src/(?!infra/)' },
    },

    // --- the console --------------------------------------------------------------------------------------
    {
      name: 'web-never-imports-api',
      comment: 'They meet in schema.graphql, a file.',
      severity: 'error',
      from: { path: '^apps/web/' },
      // The verifier's browser entry is the same code as the command line's.
      to: { path: '^(apps/api|prisma|packages/audit)/', pathNot: '^packages/audit/src/chain\\.ts$' },
    },
    {
      name: 'web-features-never-meet',
      comment: 'Pages compose features.',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'web-features-look-down',
      comment: 'features -> shared',
      severity: 'error',
      from: { path: '^apps/web/src/features/', pathNot: TEST },
      to: { path: '^apps/web/src/(app|pages)/' },
    },
    {
      name: 'web-pages-look-down',
      comment: 'pages -> features -> shared',
      severity: 'error',
      from: { path: '^apps/web/src/pages/', pathNot: TEST },
      to: { path: '^apps/web/src/app/' },
    },
    {
      name: 'web-shared-is-the-floor',
      severity: 'error',
      from: { path: '^apps/web/src/shared/', pathNot: TEST },
      to: { path: '^apps/web/src/(app|pages|features)/' },
    },
    {
      name: 'web-network-lives-in-queries',
      comment: 'Only *.queries.ts, shared/ and app/ talk to the network.',
      severity: 'error',
      from: {
        path: '^apps/web/src/(features|pages)/',
        pathNot: ['\\.(queries|subscription|subscriptions)\\.ts$', TEST],
      },
      to: { path: '(^|/)node_modules/graphql-ws/' },
    },
  ],
  options: {
    doNotFollow: { path: ['(^|/)node_modules/', '(^|/)dist/'] },
    exclude: { path: ['(^|/)dist/', 'prisma/src/generated/', '/gql/generated/', '\\.d\\.ts$'] },
    tsPreCompilationDeps: true, // `import type` is a dependency too: a cycle of types is still a knot
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
    tsConfig: { fileName: 'tsconfig.base.json' },
    cache: { folder: '.cache/dependency-cruiser', strategy: 'content' },
  },
};
