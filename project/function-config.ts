import { Cron } from './cron'
import { type Problem, ProjectError } from './diagnostic'
import { isPlainObject } from './plain-object'
import { type JsonPath, placeOf, readJsonSource } from './read-json'

/** One of the `triggers` of a function's config.json. */
export interface Trigger {
  name: string
  /** always `timer` */
  type: string
  /** when it fires: seven fields, see cron.ts */
  config: string
}

/** The content of a function's config.json (developers.weixin.qq.com, 云开发 → 云函数 → config.json). */
export interface FunctionConfigJson {
  /** the open APIs that it may call, such as `subscribeMessage.send` */
  openapi: string[]
  triggers: Trigger[]
}

/** How a trigger is written. */
export const TRIGGER_FIX =
  'write {"name", "type": "timer", "config": "0 * * * * * *"}, 7 fields (定时触发器)'

/**
 * Reads a function's config.json.
 * @param root the project's folder
 * @param file path inside the project, with forward slashes
 * @throws ProjectError with the lines of everything that is wrong in it
 */
export function readFunctionConfigJson(root: string, file: string): FunctionConfigJson {
  const source = readJsonSource(root, file)
  const problems: Problem[] = []
  const refuse = (at: JsonPath, problem: string, fix: string) =>
    void problems.push({ severity: 'error', where: placeOf(source, at), problem, fix })
  const content = isPlainObject(source.content) ? source.content : {}
  if (content !== source.content) refuse([], 'is not an object', 'write { "permissions": … }')
  const { permissions = {}, triggers = [] } = content
  const { openapi = [] } = Object(permissions) as { openapi?: unknown }
  if (!Array.isArray(openapi) || !openapi.every((api) => typeof api === 'string')) {
    refuse(['permissions', 'openapi'], 'openapi is not a list of names', 'list the names of APIs')
  }
  const list: unknown[] = Array.isArray(triggers) ? triggers : []
  if (list !== triggers) refuse(['triggers'], 'triggers is not a list', `${TRIGGER_FIX}, in a list`)
  for (const [index, trigger] of list.entries()) {
    const problem = triggerProblem(trigger)
    if (problem !== undefined) {
      refuse(['triggers', index], `has a wrong trigger: ${problem}`, TRIGGER_FIX)
    }
  }
  if (problems.length > 0) throw new ProjectError(problems)
  return { openapi: openapi as string[], triggers: list as Trigger[] }
}

/** Returns what is wrong with a trigger; undefined if nothing is. */
export function triggerProblem(trigger: unknown): string | undefined {
  const { name, type, config } = Object(trigger) as Record<keyof Trigger, unknown>
  if (typeof name !== 'string' || name === '') return 'it has no name'
  if (type !== 'timer') return `its type is ${String(type)}, not timer`
  try {
    new Cron(String(config))
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
