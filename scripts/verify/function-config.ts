import { Cron } from '../../project/cron'
import type { Fault } from './check'

/** config.json of a cloud function, which DevTools uploads with it (云函数 → config.json). */
export interface ConfigJson {
  permissions?: { openapi?: unknown }
  triggers?: { name?: unknown; type?: unknown; config?: unknown }[]
}

/** @param file where it lies, inside the project */
export function faultsOfConfig(file: string, { permissions, triggers = [], ...rest }: ConfigJson) {
  const { openapi = [], ...others } = permissions ?? {}
  const unknown = [...Object.keys(rest), ...Object.keys(others)]
  const faults: Fault[] = unknown.map((key) => ({
    file,
    problem: `has a key that CloudBase does not know: ${key}`,
    remedy: 'it knows "permissions": {"openapi": [...]} and "triggers": [...]',
  }))
  if (!Array.isArray(openapi) || !openapi.every((name) => typeof name === 'string')) {
    faults.push({ file, problem: 'openapi is no list of names', remedy: 'list the names of APIs' })
  }
  for (const trigger of triggers) {
    const problem = problemOf(trigger)
    if (problem === undefined) continue
    const remedy =
      'write {"name", "type": "timer", "config": "0 * * * * * *"}, 7 fields (定时触发器)'
    faults.push({ file, problem: `has a wrong trigger: ${problem}`, remedy })
  }
  return faults
}

function problemOf({ name, type, config }: NonNullable<ConfigJson['triggers']>[number]) {
  if (typeof name !== 'string' || name === '') return 'it has no name'
  if (type !== 'timer') return `its type is ${String(type)}, not timer`
  try {
    new Cron(String(config))
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
