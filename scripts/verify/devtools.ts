import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Check, Fault } from './check'
import { devtoolsFolder, installDevtools } from './devtools-install'
import { appAndPageJson, readJson } from './files'

/** WeChat's own compiler over the mini program; it stops at the first file that it refuses. */
export const compiler: Check = {
  name: 'compiler of DevTools (miniprogram-ci)',
  run: (root) => ask('compile.cjs', root, []),
}

/** DevTools' schemas of JSON files: its compiler does not apply them, its editor and upload do. */
export const schemas: Check = { name: 'JSON as DevTools describes it', run: checkSchemas }

interface AppJson {
  sitemapLocation?: string
  themeLocation?: string
}

async function checkSchemas(root: string): Promise<Fault[]> {
  const { sitemapLocation, themeLocation } = readJson<AppJson>(root, 'miniprogram/app.json')
  const [app, ...pages] = appAndPageJson(root)
  const files = [
    ['app', app],
    ['projectconfig', 'project.config.json'],
    ...pages.map((page) => ['page', page]),
    ...(sitemapLocation ? [['sitemap', `miniprogram/${sitemapLocation}`]] : []),
    ...(themeLocation ? [['theme', `miniprogram/${themeLocation}`]] : []),
  ] as const
  const pairs = files.map(([schema, file = '']) => {
    readJson(root, file)
    return `${schema}:${file}`
  })
  return ask('schemas.cjs', root, pairs)
}

/** Asks a program of scripts/devtools, in a folder of its own, since it leaves caches there. */
async function ask(program: string, root: string, args: string[]): Promise<Fault[]> {
  const notInstalled = installDevtools()
  if (notInstalled !== undefined) return [notInstalled]
  const cwd = mkdtempSync(path.join(tmpdir(), 'devtools-'))
  try {
    const found = await answerOf(path.join(devtoolsFolder, program), [root, ...args], cwd)
    return found.map(({ file, problem }) => {
      const place = inProject(root, file)
      return {
        file: place,
        problem: withoutName(place, relativeTo(root, problem).replace(/\s+/g, ' ')),
        remedy: 'mend it: DevTools says the same and goes no further',
      }
    })
  } finally {
    rmSync(cwd, { recursive: true, force: true, maxRetries: 3 })
  }
}

type Answer = Omit<Fault, 'remedy'>[]

function answerOf(program: string, args: string[], cwd: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = fork(program, args, { cwd, silent: true, execArgv: [] })
    let output = ''
    let answer: Answer | undefined
    child.stderr?.on('data', (chunk) => (output += String(chunk)))
    child.on('message', (message) => (answer = message as Answer))
    child.on('error', reject)
    child.on('close', () => {
      if (answer !== undefined) resolve(answer)
      else reject(new Error(`${program} ended without an answer: ${output}`))
    })
  })
}

/** The compiler names some files by their path inside miniprogram/, and sometimes none. */
function inProject(root: string, file: string): string {
  const name = relativeTo(root, file)
  return name !== '' && existsSync(path.join(root, name)) ? name : `miniprogram/${name}`
}

/** The compiler begins with the name of the file, once or twice, with or without its folder. */
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
