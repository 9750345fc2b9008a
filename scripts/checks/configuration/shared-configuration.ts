import { cpSync, existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { readConfig } from '../../../cloudfunctions/pay/src/adapters/config'
import { functionNames } from '../../../project/functions'
import { isFile } from '../project-files'
import { readFunctionConfig, usesEnvironment, valueOf } from './function-config'

const functionFolder = (root: string, name: string) => path.join(root, 'cloudfunctions', name)

const configFolder = (root: string, name: string) => path.join(functionFolder(root, name), 'config')

/**
 * Returns the absolute path at which `pay` expects the merchant's certificate, which need not exist:
 * beside its config/index.js, or relative to its own folder when it reads the environment.
 */
export function p12File(root: string, env: NodeJS.ProcessEnv): string {
  const base = usesEnvironment(env) ? functionFolder(root, 'pay') : configFolder(root, 'pay')
  const config = readFunctionConfig(root, 'pay', env, readConfig)
  return path.resolve(base, String(valueOf(config, 'P12')))
}

/**
 * Returns the existing files of `pay`'s configuration: only those that it reads.
 * @returns their paths inside cloudfunctions/pay/config, with forward slashes
 */
export function sharedFiles(root: string, env: NodeJS.ProcessEnv): string[] {
  const config = configFolder(root, 'pay')
  return [path.join(config, 'index.js'), p12File(root, env)]
    .filter(isFile)
    .map((file) => path.relative(config, file).split(path.sep).join('/'))
    .filter((file) => !file.startsWith('../') && !path.isAbsolute(file))
}

/** Returns whether the function shares `pay`'s configuration. One with its own has an example.js. */
export const sharesConfiguration = (root: string, name: string) =>
  !existsSync(path.join(configFolder(root, name), 'example.js'))

/**
 * Copies `pay`'s configuration to the functions that share its code, so that the deployer writes it
 * once. Replaces all that is in their config folders.
 */
export function copyConfiguration(root: string, env: NodeJS.ProcessEnv): void {
  const files = sharedFiles(root, env)
  const names = functionNames(path.join(root, 'cloudfunctions'))
  for (const name of names.filter((one) => sharesConfiguration(root, one))) {
    const copy = configFolder(root, name)
    rmSync(copy, { recursive: true, force: true, maxRetries: 3 })
    for (const file of files) {
      cpSync(path.join(configFolder(root, 'pay'), file), path.join(copy, file))
    }
  }
}
