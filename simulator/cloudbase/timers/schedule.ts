import { Cron } from '../../../project/cron'
import { projectError } from '../../../project/diagnostic'
import type { Trigger } from '../../../project/function-config'
import { messageOf } from '../errors'
import type { FunctionConfig } from '../functions/host'

/** One function's timer trigger. */
export interface Timer {
  function: string
  trigger: string
  cron: Cron
}

/**
 * Returns the timer triggers of all functions.
 * @throws ProjectError that names the function, the trigger and the field that cannot be read
 */
export function readSchedule(configs: Record<string, Pick<FunctionConfig, 'triggers'>>): Timer[] {
  return Object.entries(configs).flatMap(([name, { triggers = [] }]) =>
    triggers.map((trigger) => {
      return { function: name, trigger: trigger.name, cron: readCron(name, trigger) }
    }),
  )
}

/**
 * Returns a function's first timer.
 * @throws Error when it has none
 */
export function timerOf(schedule: readonly Timer[], name: string): Timer {
  const timer = schedule.find((candidate) => candidate.function === name)
  if (timer === undefined) throw new Error(`The function ${name} has no timer trigger.`)
  return timer
}

function readCron(name: string, { name: trigger, type, config }: Trigger): Cron {
  try {
    if (type !== 'timer') throw new Error(`its type is ${type}, not timer`)
    return new Cron(config)
  } catch (error) {
    throw projectError(
      `config.json of the function ${name}`,
      `the trigger ${trigger} is wrong: ${messageOf(error)}`,
      'write {"name", "type": "timer", "config": "0 * * * * * *"}, 7 fields',
    )
  }
}
