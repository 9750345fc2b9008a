import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Problem } from '../../../project/diagnostic'
import { type Check, errorAt } from '../check'
import { appAndPageJson } from '../project-files'

/** Finds handlers that WXML binds and no code defines. No compiler reports them. */
export const handlers: Check = { name: 'handlers that WXML binds', run }

function run(root: string): Problem[] {
  /** By WXML file: the code of each page and component that includes it. */
  const users = new Map<string, string[]>()
  for (const json of appAndPageJson(root).slice(1)) {
    const unit = json.replace(/\.json$/, '')
    const code = textOf(root, reached(root, `${unit}.ts`, importsOfCode))
    for (const file of reached(root, `${unit}.wxml`, importsOfTemplate)) {
      users.set(file, [...(users.get(file) ?? []), code])
    }
  }
  return [...users].flatMap(([file, codes]) =>
    handlersIn(textOf(root, [file]))
      .filter((name) => !codes.some((code) => new RegExp(`\\b${name}\\s*[(:,=]`).test(code)))
      .map((name) =>
        errorAt(
          file,
          `binds ${name}, which its code does not define`,
          'define it in the page or component, or correct the name',
        ),
      ),
  )
}

/** Returns the file and everything that it imports, by their paths inside the project. */
function reached(
  root: string,
  file: string,
  importsOf: (text: string, file: string) => string[],
  found = new Set<string>(),
): string[] {
  if (found.has(file) || !existsSync(path.join(root, file))) return [...found]
  found.add(file)
  for (const next of importsOf(textOf(root, [file]), file)) reached(root, next, importsOf, found)
  return [...found]
}

const textOf = (root: string, files: string[]) =>
  files.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n')

const importsOfCode = (text: string, file: string) =>
  [...text.matchAll(/\bfrom '(\.[^']+)'/g)].map(
    ([, target = '']) => `${path.posix.join(path.posix.dirname(file), target)}.ts`,
  )

const importsOfTemplate = (text: string, file: string) =>
  [...text.matchAll(/<(?:import|include)\s+src="([^"]+)"/g)].map(([, target = '']) =>
    target.startsWith('/')
      ? path.posix.join('miniprogram', target)
      : path.posix.join(path.posix.dirname(file), target),
  )

/** Returns the handlers that are bound by a fixed name. Those of expressions are not known here. */
function handlersIn(template: string): string[] {
  const bound = /\s(?:capture-)?(?:mut-)?(?:bind|catch):?[\w-]+="([A-Za-z_]\w*)"/g
  const text = template.replace(/<!--.*?-->/gs, '')
  return [...new Set([...text.matchAll(bound)].map(([, name = '']) => name))]
}
