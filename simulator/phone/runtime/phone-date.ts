/**
 * The date formats that iOS can parse, as the warning of WeChat's DevTools lists them:
 * yyyy/MM/dd[ HH:mm:ss] and yyyy-MM-dd[THH:mm:ss[.SSS][±HH:mm]]. Formats that begin with a word, as
 * in RFC 2822, work everywhere.
 */
const READABLE = [
  /^\d{4}\/\d{1,2}\/\d{1,2}( \d{1,2}:\d{1,2}(:\d{1,2})?)?$/,
  /^\d{4}(-\d{2}){0,2}$/,
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/,
  /^[A-Za-z]/,
]

function isReadable(text: string): boolean {
  return READABLE.some((pattern) => pattern.test(text))
}

/** The `Date` of page code: a text that iOS cannot parse becomes an Invalid Date here too. */
export const PhoneDate = new Proxy(Date, {
  construct(target, args: unknown[], newTarget) {
    const unreadable = args.length === 1 && typeof args[0] === 'string' && !isReadable(args[0])
    return Reflect.construct(target, unreadable ? [NaN] : args, newTarget) as Date
  },
  get(target, key) {
    if (key === 'parse') return (text: string) => new PhoneDate(String(text)).getTime()
    return Reflect.get(target, key) as unknown
  },
})
