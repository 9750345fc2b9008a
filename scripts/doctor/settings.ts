import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isFile } from '../verify/files'
import { fieldsOf } from './reader'
import { whereBroken } from './syntax'

/** What a function itself says against its configuration. */
export interface Complaint {
  /** undefined: the file as a whole */
  key: string | undefined
  text: string
  mend: string | undefined
}

/** The configuration of one function, as the deployer wrote it and as the function reads it. */
export interface Settings<Config> {
  /** where the deployer changes a key, or the file as a whole */
  place: (key?: string) => string
  /** what was written; undefined when there is no file, or none that can be loaded */
  written: Record<string, unknown> | undefined
  /** config/example.js */
  example: Record<string, unknown>
  complaints: Complaint[]
  /** what the function works with; undefined when it has complaints or nothing to do */
  config: Config | undefined
}

/** How a function's environment variables begin; WXPAY_MCHID says that they alone count. */
export const PREFIX = 'WXPAY_'

export const usesEnvironment = (env: NodeJS.ProcessEnv) => env[`${PREFIX}MCHID`] !== undefined

/**
 * @param name the function's folder in cloudfunctions/
 * @param readConfig the function's own, so that the doctor and the function can never differ
 */
export function readSettings<Config>(
  folder: string,
  name: string,
  env: NodeJS.ProcessEnv,
  readConfig: (folder: string, env: NodeJS.ProcessEnv) => Config | undefined,
): Settings<Config> {
  const own = path.join(folder, 'cloudfunctions', name)
  const file = `cloudfunctions/${name}/config/index.js`
  const example = load(path.join(own, 'config', 'example.js')) ?? {}
  const { config, complaints } = judge(() => readConfig(own, env))
  if (!usesEnvironment(env)) {
    const written = load(path.join(folder, file))
    const place = (key?: string) => (key === undefined ? file : `${file} ${key}`)
    return {
      place,
      written,
      example,
      config,
      complaints: placed(complaints, path.join(folder, file)),
    }
  }
  const place = (key?: string) => (key === undefined ? 'the environment' : PREFIX + key)
  const variables = Object.keys(example).map((key) => [key, env[PREFIX + key]])
  return { place, written: Object.fromEntries(variables), example, config, complaints }
}

/** A key's value, or its default: those are what the example has. */
export function valueOf({ written, example }: Settings<unknown>, key: string): unknown {
  return written?.[key] ?? example[key]
}

function load(file: string): Record<string, unknown> | undefined {
  if (!existsSync(file)) return undefined
  try {
    return fieldsOf(require(file))
  } catch {
    return undefined
  }
}

/** What is said of the file as a whole also says where it does not parse. */
function placed(complaints: Complaint[], file: string): Complaint[] {
  if (!isFile(file)) return complaints
  const where = whereBroken(readFileSync(file, 'utf8'), 'js')
  return complaints.map((one) => (one.key === undefined ? { ...one, text: one.text + where } : one))
}

function judge<Config>(readConfig: () => Config): Pick<Settings<Config>, 'config' | 'complaints'> {
  try {
    return { config: readConfig(), complaints: [] }
  } catch (error) {
    return { config: undefined, complaints: complaintsIn(error) }
  }
}

/**
 * A function says all its complaints in one message: `…（KEY: what is wrong; how to mend it; KEY: …）`,
 * or `config/index.js: KEY: …` without the brackets. Only TEMPLATE_DATA is parsed as JSON.
 */
function complaintsIn(error: unknown): Complaint[] {
  if (error instanceof SyntaxError) {
    return [{ key: 'TEMPLATE_DATA', text: 'must be JSON', mend: undefined }]
  }
  const message = error instanceof Error ? error.message : ''
  const all = (/（(.*)）$/s.exec(message)?.[1] ?? message).replace(/^config\/index\.js: /, '')
  return all.split(/; (?=[A-Z][^\s:]*: )/).map((one) => {
    const [, key, rest = one] = /^([A-Z][^\s:]*): (.*)$/s.exec(one) ?? []
    const [text = '', ...mend] = rest.split('; ')
    return { key, text, mend: mend.length > 0 ? mend.join('; ') : undefined }
  })
}
