import { readFileSync } from 'node:fs'
import path from 'node:path'
import { project } from '../support/project'
import { BUGS, WRITABLE_GOODS } from './planted/bugs'
import { checkPhones, checks } from './planted/checks'
import { patched, shopWith } from './planted/patched-shop'

const CHECK_NAMES = Object.keys(checks) as (keyof typeof checks)[]

test.each(CHECK_NAMES)('the check “%s” reports nothing about the unpatched shop', async (name) => {
  expect(await checks[name](await shopWith())).toEqual([])
})

test.each(BUGS)(
  'the check “$foundBy” reports rule $rule for the bug “$name”',
  async ({ rule, foundBy, ...patch }) => {
    const violations = await checks[foundBy](await shopWith(patch))
    expect(violations.map((violation) => violation.rule)).toContain(rule)
  },
)

describe('the permissions', () => {
  const file = path.join(project.root, WRITABLE_GOODS.file)
  const source = readFileSync(file, 'utf8')

  test('let no phone write', () => {
    expect(checkPhones(source)).toEqual([])
  })

  test('that let phones write goods are reported under rule 8', () => {
    const violations = checkPhones(patched(source, WRITABLE_GOODS))
    expect(violations.map(({ rule }) => rule)).toContain(8)
  })
})

test.each([
  ['never', 'nothing of the kind'],
  ['twice', 'order'],
])('a patch that matches %s is an error', async (_, replace) => {
  const file = 'cloudfunctions/pay/src/settle.ts'
  await expect(shopWith({ file, replace, by: '' })).rejects.toThrow(replace)
})
