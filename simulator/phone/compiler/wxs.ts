import { transform } from 'esbuild'
import { buildErrors } from '../../../project/build-errors'
import { type Sources, resolveFrom } from './sources'

/**
 * Matches comments and strings, and as group 1 syntax that WXS lacks. WXS is ES5 without regular
 * expression literals, `new` and `try` (WeChat's WXS reference, "数据类型" and "语句").
 */
const TOKENS =
  /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|(=>|`|\?\?|\?\.(?!\d)|\.\.\.|(?<![\w$.])(?:let|const|class|async|new|try)(?![\w$:]))/g

const REQUIRE = /\brequire\(\s*(['"])(.*?)\1\s*\)/g

/** Checks the code of a `.wxs` file or of an inline `<wxs>`, which starts at `start` in `file`. */
export async function checkWxs(sources: Sources, file: string, code: string, start = 0) {
  const problems = sources.problems.length
  for (const { index, 1: token } of code.matchAll(TOKENS)) {
    if (token) sources.report(file, start + index, `WXS does not know ${token}`)
  }
  for (const { index, 2: reference } of code.matchAll(REQUIRE)) {
    const target = resolveFrom(file, reference!)
    if (!sources.has(target)) sources.report(file, start + index, `${reference} is missing`)
  }
  if (sources.problems.length > problems) return
  try {
    await transform(code, { loader: 'js', target: 'es5', logLevel: 'silent' })
  } catch (error) {
    for (const { text, ...place } of buildErrors(error)) {
      const lines = code.split('\n').slice(0, place.line - 1)
      const offset = lines.reduce((sum, line) => sum + line.length + 1, place.column - 1)
      sources.report(file, start + offset, text)
    }
  }
}
