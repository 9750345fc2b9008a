import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { functionNames } from '../../project/functions'
import { openProject } from '../../project/project'
import { buildFunction } from '../build/build-function'
import { type Measurement, median, type Row } from './measurement'

/** The packages that the functions require. */
const PACKAGES = ['wx-server-sdk', 'wx-js-utils', 'ip']

/** In each, every function and the packages are loaded once: a load on the machine meets all of them. */
const ROUNDS = 21

export const coldStart: Measurement = {
  title: 'Cold start of each built function, against loading the unbundled packages',
  columns: [
    { title: 'time', kind: 'ratio' },
    { title: 'code', kind: 'bytes' },
  ],
  measure: (root) => measureColdStarts(root),
}

/**
 * Builds the functions, and measures how long they take to load, each time in a new process. The time
 * of a process that loads nothing is deducted.
 */
export async function measureColdStarts(root: string, rounds = ROUNDS): Promise<Row[]> {
  const project = openProject(root)
  const names = functionNames(project.cloudfunctionRoot)
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-functions-'))
  try {
    const built: { code: string; bytes: number }[] = []
    for (const name of names) {
      const file = (base: string) => path.join(folder, name, base)
      const code = file('index.js')
      const files = { code, map: file('index.js.map'), record: file('packages.json') }
      built.push({ code, bytes: (await buildFunction(project, name, files)).bytes })
    }
    const programs = [[], PACKAGES, ...built.map(({ code }) => [code])]
    const times: number[][] = programs.map(() => [])
    for (let round = 0; round < rounds; round++) {
      programs.forEach((modules, index) => times[index]!.push(timeOf(modules, root)))
    }
    const [bare = 0, packages = 0, ...functions] = times.map(median)
    return names.map((name, index) => ({
      what: name,
      values: [(functions[index]! - bare) / (packages - bare), built[index]!.bytes],
    }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** In a function's environment the SDK does not search for the machine that it is on. */
const ENVIRONMENT = {
  TENCENTCLOUD_RUNENV: 'SCF',
  TENCENTCLOUD_REGION: 'ap-shanghai',
  SCF_NAMESPACE: 'bench',
}

/** Returns how long (ms) a new process takes to load modules. @throws Error if it cannot */
function timeOf(modules: readonly string[], root: string): number {
  const loads = modules.map((module) => `require(${JSON.stringify(module)})`)
  const program = [...loads, 'process.exit()'].join(';')
  const started = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['-e', program], {
    cwd: root,
    env: { ...process.env, ...ENVIRONMENT },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${modules.join(', ')} cannot be loaded: ${stderr}`)
  return performance.now() - started
}
