import { withoutName } from '../../../scripts/verify/devtools'

test.each([
  ['app.json: miniprogram/app.json Expecting STRING', 'Expecting STRING'],
  ['app.json: ["pages"][0] could not be found', '["pages"][0] could not be found'],
  ['a component of miniprogram/app.json', 'a component of miniprogram/app.json'],
])('the compiler’s “%s” is told without the name that stands before it', (problem, told) => {
  const said = problem.replace(/^app/, 'miniprogram/app')
  expect(withoutName('miniprogram/app.json', said)).toBe(told)
})

test('the place in the file is kept', () => {
  const said = '/app.wxss:255:1: Unclosed block'
  expect(withoutName('miniprogram/app.wxss', said)).toBe('at 255:1: Unclosed block')
})
