import type { Configuration } from './configuration'
import { doubtful, right, wrong, type Finding } from './finding'
import { PREFIX, usesEnvironment } from './settings'

const PLACE = 'the environment'

/** The functions read either the variables WXPAY_… or their files, never a mixture. */
export function checkVariables({ environment, pay, message }: Configuration): Finding[] {
  const names = Object.keys(environment).filter((name) => name.startsWith(PREFIX))
  if (names.length === 0) return []
  if (!usesEnvironment(environment)) {
    const text = `has ${names.join(', ')}, which nobody reads while ${PREFIX}MCHID is not set`
    return [doubtful(PLACE, text, `unset them, or set ${PREFIX}MCHID and all others too`)]
  }
  const known = [...Object.keys(pay.example), ...Object.keys(message.example)]
  const unknown = names.filter((name) => !known.includes(name.slice(PREFIX.length)))
  return [
    right(
      PLACE,
      `has ${PREFIX}MCHID: it is looked at in place of every config/index.js, as the functions do`,
    ),
    ...unknown.map((name) =>
      wrong(name, 'is read by nobody', `the names are ${PREFIX} and ${known.join(', ')}`),
    ),
  ]
}
