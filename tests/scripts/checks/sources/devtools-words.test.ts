import { withoutName } from '../../../../scripts/checks/sources/devtools'

test.each([
  ['app.json: miniprogram/app.json Expecting STRING', 'Expecting STRING'],
  ['app.json: ["pages"][0] could not be found', '["pages"][0] could not be found'],
  ['a component of miniprogram/app.json', 'a component of miniprogram/app.json'],
])(
  'the compiler’s “%s” is reported without the name of the file before it',
  (problem, reported) => {
    const printed = problem.replace(/^app/, 'miniprogram/app')
    expect(withoutName('miniprogram/app.json', printed)).toBe(reported)
  },
)

test('the place in the file is kept', () => {
  const printed = '/app.wxss:255:1: Unclosed block'
  expect(withoutName('miniprogram/app.wxss', printed)).toBe('at 255:1: Unclosed block')
})
