import type { Check } from '../../../scripts/verify/check'
import { UnreadableFile } from '../../../scripts/verify/check'
import { runChecks } from '../../../scripts/verify/run-checks'

let printed: string[]
beforeEach(() => {
  printed = []
  jest.spyOn(console, 'log').mockImplementation((line) => void printed.push(line))
})
afterEach(() => jest.restoreAllMocks())

const fault = { file: 'a.json', problem: 'is wrong', remedy: 'mend it' }
const good: Check = { name: 'good', run: () => [] }
const bad: Check = { name: 'bad', run: () => [fault, { ...fault, file: 'b.json' }] }
const blind: Check = { name: 'blind', run: () => ({ notChecked: 'No binary runs here.' }) }
const unreadable: Check = {
  name: 'unreadable',
  run: () => {
    throw new UnreadableFile(fault)
  },
}

test('a check that finds nothing is one line', async () => {
  expect(await runChecks('.', [good])).toBe(true)
  expect(printed).toEqual(['✓ good', '1 passed, 0 failed, 0 not checked.'])
})

test('all faults of all checks are listed, each with what to do', async () => {
  expect(await runChecks('.', [bad, unreadable])).toBe(false)
  expect(printed).toEqual([
    '✗ bad\n    a.json: is wrong\n      → mend it\n    b.json: is wrong\n      → mend it',
    '✗ unreadable\n    a.json: is wrong\n      → mend it',
    '0 passed, 2 failed, 0 not checked.',
  ])
})

test('what cannot be checked on this machine counts as neither passed nor failed', async () => {
  expect(await runChecks('.', [blind])).toBe(true)
  expect(printed).toEqual([
    '– blind: not checked. No binary runs here.',
    '0 passed, 0 failed, 1 not checked.',
  ])
})
