import { cpSync, existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { readConfig } from '../../cloudfunctions/pay/src/adapters/config'
import { functionNames } from '../../project/functions'
import { readSettings, usesEnvironment, valueOf } from '../doctor/settings'
import { isFile } from '../verify/files'

const functionFolder = (root: string, name: string) => path.join(root, 'cloudfunctions', name)

const configFolder = (root: string, name: string) => path.join(functionFolder(root, name), 'config')

/**
 * Where `pay` looks for the merchant's certificate, whether it is there or not: beside its
 * config/index.js, or from its own folder when the environment alone counts.
 */
export function p12File(root: string, env: NodeJS.ProcessEnv): string {
  const base = usesEnvironment(env) ? functionFolder(root, 'pay') : configFolder(root, 'pay')
  const settings = readSettings(root, 'pay', env, readConfig)
  return path.resolve(base, String(valueOf(settings, 'P12')))
}

/**
 * The files of `pay`'s configuration that are there: what it reads, and nothing that lies beside.
 * @returns their paths inside cloudfunctions/pay/config, with forward slashes
 */
export function sharedFiles(root: string, env: NodeJS.ProcessEnv): string[] {
  const config = configFolder(root, 'pay')
  return [path.join(config, 'index.js'), p12File(root, env)]
    .filter(isFile)
    .map((file) => path.relative(config, file).split(path.sep).join('/'))
    .filter((file) => !file.startsWith('../') && !path.isAbsolute(file))
}

/** Whether the function has `pay`'s configuration: those with one of their own have an example. */
export const sharesConfiguration = (root: string, name: string) =>
  !existsSync(path.join(configFolder(root, name), 'example.js'))

/**
 * The entries that share `pay`'s code share its configuration: the deployer writes it once, the
 * build copies it beside them. Their config folders are built ones: nothing else stays there.
 */
export function copyConfiguration(root: string, env: NodeJS.ProcessEnv): void {
  const files = sharedFiles(root, env)
  for (const name of functionNames(path.join(root, 'cloudfunctions')).filter((one) =>
    sharesConfiguration(root, one),
  )) {
    const copy = configFolder(root, name)
    rmSync(copy, { recursive: true, force: true, maxRetries: 3 })
    for (const file of files) {
      cpSync(path.join(configFolder(root, 'pay'), file), path.join(copy, file))
    }
  }
}
