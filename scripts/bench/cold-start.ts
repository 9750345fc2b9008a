import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { functionNames } from '../../project/functions'
import type { Project } from '../../project/project'
import { buildFiles } from '../build/build-function'

/** The packages that the functions require. */
const PACKAGES = ['wx-server-sdk', 'wx-js-utils', 'ip']

/** How a built function loads. */
export interface ColdStart {
  name: string
  /** the size of its code */
  bytes: number
  /**
   * the time to load it, as a part of the time to load the packages unbundled; both over the time of
   * Node that loads nothing
   */
  ratio: number
}

/**
 * Measures how long the built functions take to load, each time in a new process. Only ratios are
 * returned: times of one machine say nothing about another.
 * @param rounds in each, every function and the packages are loaded once: a load on the machine
 * meets all of them
 */
export function measureColdStarts(project: Project, rounds = 21): ColdStart[] {
  const names = functionNames(project.cloudfunctionRoot)
  const codes = names.map((name) => buildFiles(project, name).code)
  const programs = [[], PACKAGES, ...codes.map((code) => [code])]
  const times: number[][] = programs.map(() => [])
  for (let round = 0; round < rounds; round++) {
    programs.forEach((modules, index) => times[index]!.push(timeOf(modules, project.root)))
  }
  const [bare = 0, packages = 0, ...functions] = times.map(median)
  return names.map((name, index) => ({
    name,
    bytes: statSync(codes[index]!).size,
    ratio: (functions[index]! - bare) / (packages - bare),
  }))
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

function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}
