import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import type { Import, SourceFile } from './source-files.ts';
import { lineOf, walk } from './source-files.ts';

/** A rule of the house: what it asks, and the lines of a file that break it. */
export type Rule = { name: string; check: (file: SourceFile) => Fault[] };
export type Fault = { line: number; what: string };

/** Every fault of every file as `file:line: what (rule)`. */
export function findFaults(files: SourceFile[], rules: Rule[] = houseRules): string[] {
  return files.flatMap((file) =>
    rules.flatMap((rule) =>
      rule.check(file).map((fault) => `${file.path}:${fault.line}: ${fault.what} (${rule.name})`),
    ),
  );
}

const pureFolders = ['analysis', 'disclosure', 'conversation', 'programme', 'instrument', 'demo'];
/** Folders of src/lib/server that serve the features and are none themselves. */
const serverFoundations = ['db', 'auth', 'mail'];

const isTest = (path: string) => path.startsWith('tests/') || path.endsWith('.test.ts');
const within = (path: string | null, ...folders: string[]) =>
  path !== null && folders.some((folder) => path.startsWith(`${folder}/`));
const isPure = (path: string) => !isTest(path) && pureFolders.some((folder) => within(path, `src/lib/${folder}`));
const isQueries = (path: string) => /\/(.+-)?queries\.ts$/.test(path);
const isService = (path: string) => /\/(.+-)?service\.ts$/.test(path);
/** The noun of a feature's file (`rounds` of src/lib/server/rounds/service.ts), else null. */
const featureOf = (path: string) => {
  const noun = /^src\/lib\/server\/([^/]+)\//.exec(path)?.[1];
  return noun === undefined || serverFoundations.includes(noun) ? null : noun;
};

function importRule(
  name: string,
  applies: (path: string) => boolean,
  forbids: (entry: Import, path: string) => boolean,
): Rule {
  return {
    name,
    check: ({ path, imports }) =>
      applies(path)
        ? imports
            .filter((entry) => forbids(entry, path))
            .map(({ line, specifier }) => ({ line, what: `imports ${specifier}` }))
        : [],
  };
}

/** Nodes for which `describe` has a word are faults. */
function syntaxRule(
  name: string,
  applies: (path: string) => boolean,
  describe: (node: ts.Node) => string | null,
): Rule {
  return {
    name,
    check: ({ path, ast }) => {
      const faults: Fault[] = [];
      if (applies(path)) {
        walk(ast, (node) => {
          const what = describe(node);
          if (what !== null) faults.push({ line: lineOf(node), what });
        });
      }
      return faults;
    },
  };
}

const extensions = /\.(ts|ts\?worker&url|js|mjs|svelte|json|css|svg|html\?raw)$/;

function isLooseImport({ specifier, target }: Import, path: string): boolean {
  if (specifier === '#migrations' || /^\.\.?(\/\.\.)*\/\$types(\.js)?$/.test(specifier)) return false;
  if (target === null) return /^(\$lib|src|\/|#)/.test(specifier);
  return !extensions.test(specifier) || (specifier.startsWith('../') && within(path, 'src'));
}

function isPackage(specifier: string, ...names: string[]): boolean {
  return names.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

function isImpurePackage(specifier: string): boolean {
  return (
    specifier.startsWith('node:') ||
    /^\$(app|env|service-worker)/.test(specifier) ||
    builtinModules.includes(specifier) ||
    isPackage(
      specifier,
      'svelte',
      '@sveltejs/kit',
      'kysely',
      'better-sqlite3',
      'better-auth',
      'pino',
      'uuid',
      'chart.js',
    )
  );
}

const sqlCalls = ['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'replaceInto', 'mergeInto', 'prepare'];

function describeSql(node: ts.Node): string | null {
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') return 'writes sql`…`';
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null;
  const { name, expression } = node.expression;
  if (sqlCalls.includes(name.text)) return `calls ${name.text}()`;
  return ts.isIdentifier(expression) && expression.text === 'sql' ? `calls sql.${name.text}()` : null;
}

const outsideWorld = ['crypto', 'performance', 'process', 'fetch', 'setTimeout', 'setInterval', 'Temporal', 'console'];

function describeClockOrChance(node: ts.Node): string | null {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) {
    return 'reads the clock: new Date()';
  }
  if (ts.isPropertyAccessExpression(node) && ['Date.now', 'Math.random'].includes(node.getText())) {
    return `uses ${node.getText()}`;
  }
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) {
    const base = node.expression;
    if (!ts.isIdentifier(base)) return null;
    if (ts.isCallExpression(node) && base.text === 'Date') return 'reads the clock: Date()';
    if (outsideWorld.includes(base.text)) return `uses ${base.text}`;
  }
  return null;
}

type Signature = { node: ts.Node; name: string; isAsync: boolean; parameters: string[] };

/** Exported functions of a module: declarations and constants that hold a function. */
function exportedFunctions(ast: ts.SourceFile): Signature[] {
  const has = (node: ts.Node, kind: ts.SyntaxKind) =>
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
  const signature = (node: ts.Node, name: string, fn: ts.FunctionLikeDeclaration): Signature => ({
    ...{ node, name, isAsync: has(fn, ts.SyntaxKind.AsyncKeyword) },
    parameters: fn.parameters.map((parameter) => parameter.name.getText()),
  });
  const exported = ast.statements.filter((statement) => has(statement, ts.SyntaxKind.ExportKeyword));
  return exported.flatMap((statement) => {
    if (ts.isFunctionDeclaration(statement)) {
      return [signature(statement, statement.name?.text ?? 'default', statement)];
    }
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap((constant) => {
      const value = constant.initializer;
      return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value))
        ? [signature(constant, constant.name.getText(), value)]
        : [];
    });
  });
}

const isDatabase = (parameter: string | undefined) => parameter === 'db' || parameter === 'trx';

/** Every query takes the database first; in a service the functions that need it do, a pure one beside them need not. */
function takesDatabaseLate({ path, ast }: SourceFile): Fault[] {
  if (featureOf(path) === null || !(isQueries(path) || isService(path))) return [];
  return exportedFunctions(ast)
    .filter(({ isAsync, parameters }) => isQueries(path) || isAsync || parameters.some(isDatabase))
    .filter(({ parameters }) => !isDatabase(parameters[0]))
    .map(({ node, name }) => ({ line: lineOf(node), what: `${name}() does not take db first` }));
}

const longByNature = /(^|\/)(schema|(.+-)?texts?|(.+-)?data)\.ts$|^src\/lib\/text\/|^tests\/fixtures\//;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|server|client|svelte|bench|config|d))*\.(ts|js|mjs)$/;
const routeFile = /^\+(page|layout|server|error)(\.server)?\.(ts|svelte)$/;

export const houseRules: Rule[] = [
  importRule('project imports are #lib/… or within the folder, with their extension', () => true, isLooseImport),
  importRule(
    'nothing imports a route or a command',
    (path) => within(path, 'src') && !within(path, 'src/routes', 'src/cli') && !isTest(path),
    ({ target }) => within(target, 'src/routes', 'src/cli'),
  ),
  importRule(
    'the pure folders know no server, page, file or framework',
    isPure,
    ({ specifier, target }) =>
      isImpurePackage(specifier) ||
      within(target, 'src/lib/server', 'src/lib/components', 'src/lib/charts', 'migrations'),
  ),
  importRule(
    'analysis imports types of instrument only',
    (path) => within(path, 'src/lib/analysis') && !isTest(path),
    ({ target, typeOnly }) =>
      target !== null && !within(target, 'src/lib/analysis') && !(typeOnly && within(target, 'src/lib/instrument')),
  ),
  importRule(
    'disclosure imports types of analysis and instrument only',
    (path) => within(path, 'src/lib/disclosure') && !isTest(path),
    ({ target, typeOnly }) =>
      target !== null &&
      !within(target, 'src/lib/disclosure') &&
      !(typeOnly && within(target, 'src/lib/analysis', 'src/lib/instrument')),
  ),
  syntaxRule('the pure folders have no clock and no chance', isPure, describeClockOrChance),
  importRule(
    'charts, components and texts know figures, not the server',
    (path) => within(path, 'src/lib/charts', 'src/lib/components', 'src/lib/text') && !isTest(path),
    ({ specifier, target }) => within(target, 'src/lib/server') || isPackage(specifier, 'kysely', 'better-sqlite3'),
  ),
  importRule(
    'the form’s script knows the answers’ words only: no server, no framework, no texts of its own',
    (path) => within(path, 'src/lib/form-client') && !isTest(path),
    ({ specifier, target }) =>
      target === null ? specifier !== 'idb' : !within(target, 'src/lib/form-client', 'src/lib/form'),
  ),
  importRule(
    'chart.js is loaded by Chart.svelte only',
    (path) => path !== 'src/lib/charts/Chart.svelte',
    ({ specifier, typeOnly }, path = '') =>
      isPackage(specifier, 'chart.js') && !(typeOnly && within(path, 'src/lib/charts')),
  ),
  importRule(
    'pages and commands call services, never queries',
    (path) => (within(path, 'src/routes', 'src/cli') || /^src\/hooks/.test(path)) && !isTest(path),
    ({ target }) => target !== null && featureOf(target) !== null && !isService(target),
  ),
  importRule(
    'only the start of the application, threads and commands open the database',
    (path) =>
      within(path, 'src/routes', 'src/lib') &&
      !within(path, 'src/lib/server/db') &&
      path !== 'src/lib/server/store.ts' &&
      !path.endsWith('-worker.ts') &&
      !isTest(path),
    ({ target, typeOnly }) => target === 'src/lib/server/db/open.ts' && !typeOnly,
  ),
  importRule(
    'features call each other through service.ts',
    (path) => featureOf(path) !== null && !isTest(path),
    ({ target }, path) =>
      target !== null && featureOf(target) !== null && featureOf(target) !== featureOf(path) && !isService(target),
  ),
  importRule(
    'server code and commands run in plain Node',
    (path) => within(path, 'src/lib/server', 'src/cli') && !within(path, 'src/lib/server/auth'),
    ({ specifier }) => specifier.startsWith('$') || isPackage(specifier, 'svelte') || specifier.endsWith('.svelte'),
  ),
  importRule(
    'only db/open.ts loads the database driver',
    (path) => path !== 'src/lib/server/db/open.ts' && !within(path, 'bench'),
    ({ specifier, typeOnly }, path) =>
      isPackage(specifier, 'better-sqlite3') && !(typeOnly && within(path, 'src/lib/server/db')),
  ),
  syntaxRule(
    'SQL stands in queries.ts only',
    (path) =>
      within(path, 'src') &&
      !isTest(path) &&
      !isQueries(path) &&
      !within(path, 'src/lib/server/db', 'src/lib/server/auth'),
    describeSql,
  ),
  { name: 'db or trx is the first argument of every query and service function', check: takesDatabaseLate },
  syntaxRule(
    'no enum',
    () => true,
    (node) => (ts.isEnumDeclaration(node) ? `declares the enum ${node.name.text}` : null),
  ),
  {
    name: 'no barrel files',
    check: ({ path, ast }) => {
      const { base } = posix.parse(path);
      const named = /^index\.(ts|js|mjs)$/.test(base) && path !== 'migrations/index.ts';
      const reexports = ast.statements.filter((s) => ts.isExportDeclaration(s) && s.moduleSpecifier);
      const hollow = reexports.length > 0 && reexports.length === ast.statements.length;
      return named || hollow ? [{ line: 1, what: 'gathers other modules' }] : [];
    },
  },
  {
    name: 'no file over 300 lines',
    check: ({ path, lines }) =>
      lines > 300 && !longByNature.test(path) ? [{ line: 300, what: `has ${lines} lines` }] : [],
  },
  {
    name: 'file names: kebab-case.ts, PascalCase.svelte',
    check: ({ path }) => {
      const { base } = posix.parse(path);
      const isRoute = within(path, 'src/routes') && routeFile.test(base);
      const fits = base.endsWith('.svelte') ? /^[A-Z][A-Za-z0-9]*\.svelte$/.test(base) : kebab.test(base);
      return isRoute || fits ? [] : [{ line: 1, what: `is named ${base}` }];
    },
  },
];
