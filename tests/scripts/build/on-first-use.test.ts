import { onFirstUse, requestsIn } from '../../../scripts/build/on-first-use'

/** Each module that a code has required, in order. */
let required: string[]

/** Rewrites a code that requires `late`, and runs it. @returns its exports */
async function run(code: string, late = { twice: (n: number) => 2 * n, default: 'default' }) {
  const rewritten = await onFirstUse('/file.js', code, new Set(['late']))
  required = []
  const require = (name: string) => {
    required.push(name)
    return name === 'late' ? late : {}
  }
  const exports: Record<string, () => unknown> = {}
  // oxlint-disable-next-line no-implied-eval
  new Function('require', '__webpack_require__', 'exports', rewritten)(require, require, exports)
  return exports
}

describe('a module is required when it is first used, and once', () => {
  test.each([
    ['in a variable', `const late = require('late'); exports.run = () => late.twice(2)`],
    ['as one of its members', `var f = require('late').twice; exports.run = () => f(2)`],
    ['by names', `const { twice, default: d } = require('late'); exports.run = () => twice(2)`],
    [
      'as a property',
      `const { twice } = require('late'); exports.run = () => ({ twice }).twice(2)`,
    ],
    [
      'by what TypeScript compiles an import to',
      `var __importDefault = (mod) => ({ default: mod })
       const late_1 = __importDefault(require("late"))
       exports.run = () => (0, late_1.default.twice)(2)`,
    ],
    [
      'by what CoffeeScript compiles an import to',
      `(function () { var late, other; late = require('late'); exports.run = () => late.twice(2) }())`,
    ],
    [
      'inside a bundle',
      `const late = __webpack_require__(/*! late */ "late"); exports.run = () => late.twice(2)`,
    ],
  ])('%s', async (_how, code) => {
    const exports = await run(code)
    expect(required).toEqual([])
    expect([exports['run']!(), exports['run']!()]).toEqual([4, 4])
    expect(required).toEqual(['late'])
  })

  test('a class of it can be extended and recognised', async () => {
    class Late {}
    const code = `const { Late } = require('late')
      exports.run = () => [new (class extends Late {})() instanceof Late, new Late()]`
    const [isLate, one] = (await run(code, { Late } as any))['run']!() as [boolean, object]
    expect(isLate).toBe(true)
    expect(one).toBeInstanceOf(Late)
  })

  test('a function of it that was called as a variable has no `this`', async () => {
    const late = {
      self(this: unknown) {
        return this
      },
    }
    const code = `'use strict'; const { self } = require('late'); exports.run = () => self()`
    expect((await run(code, late as any))['run']!()).toBe(undefined)
  })
})

test('other modules are required at once, as before', async () => {
  await run(`const a = require('a'), late = require('late'); exports.run = () => [a, late]`)
  expect(required).toEqual(['a'])
})

test.each([
  `let late = require('late'); late = 1`,
  `var late; late = require('late'); late = 1`,
  `const { ...late } = require('late')`,
])('a form that cannot be rewritten is an error: %s', async (code) => {
  await expect(run(code)).rejects.toThrow(/is assigned again|only names can be read/)
})

test('what a file requires is found by its text', () => {
  const code = `require("a"); require('./b'); __webpack_require__(/*! ./c */ "./c"); x.require_("d")`
  expect(requestsIn(code)).toEqual([
    { text: 'a', isInner: false },
    { text: './b', isInner: false },
    { text: './c', isInner: true },
  ])
})
