import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Problem } from '../../../project/diagnostic'
import { readJson } from '../../../project/read-json'
import { type Check, errorAt } from '../check'
import { appAndPageJson } from '../project-files'
import { installDevtools } from './devtools-install'

/**
 * Returns the checks that DevTools itself makes. `compiler` stops at the first file that it refuses,
 * and does not apply the JSON schemas. `schemas` does, as DevTools' editor and its upload do.
 * @param folder scripts/devtools of this project, where the checks install the compiler if it is missing
 */
export function devtoolsChecks(folder: string): Record<'schemas' | 'compiler', Check> {
  return {
    schemas: {
      name: 'JSON as DevTools describes it',
      run: (root) => runProgram(folder, 'schemas.cjs', root, schemaPairs(root)),
    },
    compiler: {
      name: 'compiler of DevTools (miniprogram-ci)',
      run: (root) => runProgram(folder, 'compile.cjs', root, []),
    },
  }
}

interface AppJson {
  sitemapLocation?: string
  themeLocation?: string
}

/**
 * Returns `schema:file` for each JSON file that DevTools has a schema for.
 * @throws ProjectError for a file that is not JSON
 */
function schemaPairs(root: string): string[] {
  const { sitemapLocation, themeLocation } = readJson<AppJson>(root, 'miniprogram/app.json')
  const [app, ...pages] = appAndPageJson(root)
  const files = [
    ['app', app],
    ['projectconfig', 'project.config.json'],
    ...pages.map((page) => ['page', page]),
    ...(sitemapLocation ? [['sitemap', `miniprogram/${sitemapLocation}`]] : []),
    ...(themeLocation ? [['theme', `miniprogram/${themeLocation}`]] : []),
  ] as const
  return files.map(([schema, file = '']) => {
    readJson(root, file)
    return `${schema}:${file}`
  })
}

/** Runs a program of scripts/devtools in a temporary folder, since it leaves caches there. */
async function runProgram(
  folder: string,
  program: string,
  root: string,
  args: string[],
): Promise<Problem[]> {
  const notInstalled = installDevtools(folder)
  if (notInstalled !== undefined) return [notInstalled]
  const cwd = mkdtempSync(path.join(tmpdir(), 'devtools-'))
  try {
    const reply = await replyOf(path.join(folder, program), [root, ...args], cwd)
    return reply.map(({ file, problem }) => {
      const where = inProject(root, file)
      const text = withoutName(where, relativeTo(root, problem).replace(/\s+/g, ' '))
      return errorAt(where, text, 'fix it: DevTools reports the same and stops there')
    })
  } finally {
    rmSync(cwd, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** What the programs of scripts/devtools send. */
type Reply = { file: string; problem: string }[]

function replyOf(program: string, args: string[], cwd: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const child = fork(program, args, { cwd, silent: true, execArgv: [] })
    let output = ''
    let reply: Reply | undefined
    child.stderr?.on('data', (chunk) => (output += String(chunk)))
    child.on('message', (message) => (reply = message as Reply))
    child.on('error', reject)
    child.on('close', () => {
      if (reply !== undefined) resolve(reply)
      else reject(new Error(`${program} ended without an answer: ${output}`))
    })
  })
}

/**
 * Returns a file's path inside the project. The compiler names some files by their path inside
 * miniprogram/, and sometimes names none.
 */
function inProject(root: string, file: string): string {
  const name = relativeTo(root, file)
  return name !== '' && existsSync(path.join(root, name)) ? name : `miniprogram/${name}`
}

/**
 * Removes the file's name from the start of a problem. The compiler writes it once or twice, with or
 * without its folder.
 */
export function withoutName(file: string, problem: string): string {
  const names = [file, file.replace(/^miniprogram/, '')]
  const name = names.find((one) => problem.startsWith(one))
  if (name === undefined) return problem
  return withoutName(
    file,
    problem
      .slice(name.length)
      .replace(/^:? /, '')
      .replace(/^:(?=\d)/, 'at '),
  )
}

const relativeTo = (root: string, text: string) => text.replaceAll(root + path.sep, '')
