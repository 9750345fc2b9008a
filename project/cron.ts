/** The seven fields of a timer trigger, in order, with the least and greatest value of each. */
const FIELDS = [
  ['second', 0, 59],
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day', 1, 31],
  ['month', 1, 12],
  // 0: Sunday
  ['weekday', 0, 6],
  ['year', 1970, 2099],
] as const

type FieldName = (typeof FIELDS)[number][0]

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const LAST_YEAR = 2099

/** The offset of China's only time zone (ms). It has no summer time. */
const BEIJING = 8 * HOUR

/**
 * The schedule of a timer trigger: `second minute hour day month weekday year` in Beijing time
 * (developers.weixin.qq.com, 云开发 → 定时触发器). A field is `*`, optionally followed by `/n` for
 * every n-th value, a number, a range `a-b`, or several of these separated by commas.
 */
export class Cron {
  readonly #allowed: Record<FieldName, ReadonlySet<number>>
  readonly #anyDay: boolean
  readonly #anyWeekday: boolean

  /** @throws Error that names the invalid field */
  constructor(text: string) {
    const parts = text.trim().split(/\s+/)
    if (parts.length !== FIELDS.length) {
      throw new Error(`it has ${parts.length} fields, not ${FIELDS.length}`)
    }
    const allowed = FIELDS.map(([name, min, max], index) => {
      return [name, readField(name, parts[index]!, min, max)] as const
    })
    this.#allowed = Object.fromEntries(allowed) as Record<FieldName, Set<number>>
    this.#anyDay = parts[3] === '*'
    this.#anyWeekday = parts[5] === '*'
  }

  /** Returns the first time after `after` at which it fires (ms); undefined if there is none. */
  next(after: number): number | undefined {
    const allows = (name: FieldName, value: number) => this.#allowed[name].has(value)
    let time = nextWhole(SECOND, after + BEIJING)
    for (;;) {
      const at = new Date(time)
      const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()]
      if (year > LAST_YEAR) return undefined
      if (!allows('year', year) || !allows('month', month + 1)) time = Date.UTC(year, month + 1)
      else if (!this.#allowsDay(at)) time = nextWhole(DAY, time)
      else if (!allows('hour', at.getUTCHours())) time = nextWhole(HOUR, time)
      else if (!allows('minute', at.getUTCMinutes())) time = nextWhole(MINUTE, time)
      else if (!allows('second', at.getUTCSeconds())) time = nextWhole(SECOND, time)
      else return time - BEIJING
    }
  }

  /** Returns whether it fires on a day. If both day and weekday are given, either is enough. */
  #allowsDay(at: Date): boolean {
    const day = this.#allowed.day.has(at.getUTCDate())
    const weekday = this.#allowed.weekday.has(at.getUTCDay())
    return this.#anyDay || this.#anyWeekday ? day && weekday : day || weekday
  }
}

function nextWhole(unit: number, time: number): number {
  return (Math.floor(time / unit) + 1) * unit
}

function readField(name: FieldName, text: string, min: number, max: number): Set<number> {
  return new Set(
    text.split(',').flatMap((part) => {
      const [, all, every = '1', from, to = from] =
        /^(?:(\*)(?:\/(\d{1,4}))?|(\d{1,4})(?:-(\d{1,4}))?)$/.exec(part) ?? []
      const [first, last, step] = all ? [min, max, +every] : [Number(from), Number(to), 1]
      if (!(first >= min && first <= last && last <= max && step >= 1)) {
        throw new Error(`its ${name} is ${text}, which is neither *, */n, a-b nor ${min} to ${max}`)
      }
      const count = Math.floor((last - first) / step) + 1
      return Array.from({ length: count }, (_, index) => first + index * step)
    }),
  )
}
