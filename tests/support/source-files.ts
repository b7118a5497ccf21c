import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/** One import, re-export or dynamic import of a file. */
export type Import = {
  /** As it is written. */
  specifier: string;
  /** Path from the project's root for a file of the project, else null (a package, a framework module). */
  target: string | null;
  /** True for `import type` and `export type`, which leave nothing behind at run time. */
  typeOnly: boolean;
  line: number;
};

export type SourceFile = { path: string; lines: number; imports: Import[]; ast: ts.SourceFile };

const folders = ['src', 'migrations', 'tests', 'bench', 'scripts'];
const generated = ['src/lib/paraglide', 'src/lib/paraglide-whole'];

/** Every file with code of our own, parsed; paths from the project's root with forward slashes. */
export function readSourceFiles(root: URL): SourceFile[] {
  const found: SourceFile[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(new URL(`${folder}/`, root), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && !generated.includes(path)) visit(path);
      else if (entry.isFile() && /\.(ts|js|mjs|svelte)$/.test(entry.name)) {
        found.push(parseSource(path, readFileSync(new URL(path, root), 'utf8')));
      }
    }
  };
  for (const folder of folders) visit(folder);
  return found;
}

/** Parses one file; of a Svelte component its script blocks, at their own line numbers. */
export function parseSource(path: string, source: string): SourceFile {
  const code = path.endsWith('.svelte') ? scriptsOf(source) : source;
  const ast = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  return { path, lines: source.trimEnd().split('\n').length, imports: importsOf(path, ast), ast };
}

/** Calls `see` for every node of a file. */
export function walk(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  node.forEachChild((child) => walk(child, see));
}

export function lineOf(node: ts.Node): number {
  const ast = node.getSourceFile();
  return ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1;
}

/** The component with everything outside its script blocks blanked, line breaks kept. */
function scriptsOf(source: string): string {
  const blank = (text: string) => text.replace(/[^\n]/g, ' ');
  let result = '';
  let at = 0;
  for (const match of source.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)) {
    const [, open = '', body = ''] = match;
    result += blank(source.slice(at, match.index + open.length)) + body;
    at = match.index + open.length + body.length;
  }
  return result + blank(source.slice(at));
}

function importsOf(path: string, ast: ts.SourceFile): Import[] {
  const imports: Import[] = [];
  const add = (specifier: ts.Expression | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    imports.push({
      specifier: specifier.text,
      target: targetOf(path, specifier.text),
      typeOnly,
      line: lineOf(specifier),
    });
  };
  walk(ast, (node) => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
  });
  return imports;
}

function targetOf(path: string, specifier: string): string | null {
  if (specifier.startsWith('#lib/')) return posix.join('src/lib', specifier.slice('#lib/'.length));
  if (specifier === '#migrations') return 'migrations/index.ts';
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  return null;
}
