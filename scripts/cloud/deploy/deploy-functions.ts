import { spawn } from 'node:child_process'
import { readJson } from '../../../project/read-json'
import { CommandError } from '../../command-line/command'
import type { Program } from './find-cli'

/** Functions with an HTTP path (HTTP 访问服务): WeChat Pay sends notifications there. */
export const HTTP_PATHS: Readonly<Record<string, string>> = { 'pay-notify': '/pay-notify' }

/** A function of cloudbaserc.json. */
interface Entry {
  name: string
  runtime: string
  /** seconds */
  timeout: number
  triggers?: { name: string; config: string }[]
}

/** How one function is deployed. */
export interface FunctionDeployment {
  name: string
  /** the arguments of `tcb` */
  args: string[]
  /** its runtime, time limit and triggers, which the CLI sets too */
  settings: string
}

/**
 * Returns how every function of cloudbaserc.json is deployed: with its settings, triggers and HTTP
 * path, by `tcb fn deploy` (docs.cloudbase.net, CLI → 部署云函数).
 * @param root the project's folder
 * @param env id of the CloudBase environment
 * @throws ProjectError if cloudbaserc.json cannot be read
 */
export function deployments(root: string, env: string): FunctionDeployment[] {
  const { functions } = readJson<{ functions: Entry[] }>(root, 'cloudbaserc.json')
  return functions.map(({ name, runtime, timeout, triggers = [] }) => {
    const http = HTTP_PATHS[name]
    const timers = triggers.map((trigger) => `trigger ${trigger.name} ${trigger.config}`)
    return {
      name,
      // --force: replaces the deployed function, its settings and its triggers
      args: ['fn', 'deploy', name, '-e', env, '--force', ...(http ? ['--path', http] : [])],
      settings: [runtime, `time limit ${timeout} s`, ...timers].join(', '),
    }
  })
}

/**
 * Deploys every function of cloudbaserc.json, one after another.
 * @param root the project's folder
 * @param env id of the CloudBase environment
 * @throws CommandError when the CLI cannot be run at all
 * @returns the function that could not be deployed, at which it stops; undefined when all were
 */
export async function deployFunctions(
  root: string,
  env: string,
  cli: Program,
): Promise<string | undefined> {
  for (const { name, args } of deployments(root, env)) {
    console.log(`tcb ${args.join(' ')}`)
    if (!(await succeeds(cli, args, root))) return name
  }
  return undefined
}

/** The CLI may end with exit code 0 after a failure, so what it prints counts too. */
const FAILURE = /^\s*[✖×]/m

const REINSTALL = 'Install it again: npm install -g @cloudbase/cli'

function succeeds({ file, args: first }: Program, args: string[], cwd: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...first, ...args], { cwd, stdio: ['inherit', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        process.stdout.write(text)
      })
    }
    child.on('error', ({ message }) => {
      reject(new CommandError(`The CloudBase CLI cannot be run (${message}). ${REINSTALL}`))
    })
    child.on('close', (code) => resolve(code === 0 && !FAILURE.test(output)))
  })
}
