import { projectError } from '../../../project/diagnostic'
import { type Check, errorAt, okAt, warningAt } from '../../../scripts/checks/check'
import { formatReport } from '../../../scripts/checks/report'
import { runChecks } from '../../../scripts/checks/sources/run-checks'

let printed: string[]
beforeEach(() => {
  printed = []
  jest.spyOn(console, 'log').mockImplementation((line) => void printed.push(line))
})
afterEach(() => jest.restoreAllMocks())

const problem = errorAt('a.json', 'is wrong', 'fix it')
const good: Check = { name: 'good', run: () => [] }
const bad: Check = { name: 'bad', run: () => [problem, { ...problem, where: 'b.json' }] }
const blind: Check = { name: 'blind', run: () => ({ notChecked: 'No binary runs here.' }) }
const unreadable: Check = {
  name: 'unreadable',
  run: () => {
    throw projectError('a.json', 'is wrong', 'fix it')
  },
}

test('a check that finds nothing is one line', async () => {
  expect(await runChecks('.', [good])).toBe(true)
  expect(printed).toEqual(['✓ good', '1 passed, 0 failed, 0 not checked.'])
})

test('all problems of all checks are listed, each with what to do', async () => {
  expect(await runChecks('.', [bad, unreadable])).toBe(false)
  expect(printed).toEqual([
    '✗ bad\n  ✗ a.json: is wrong\n      → fix it\n  ✗ b.json: is wrong\n      → fix it',
    '✗ unreadable\n  ✗ a.json: is wrong\n      → fix it',
    '0 passed, 2 failed, 0 not checked.',
  ])
})

test('a check that cannot run on this machine counts as neither passed nor failed', async () => {
  expect(await runChecks('.', [blind])).toBe(true)
  expect(printed).toEqual([
    '– blind: not checked. No binary runs here.',
    '0 passed, 0 failed, 1 not checked.',
  ])
})

test('a report is a list of all diagnostics, and how many there are of each severity', () => {
  const warning = warningAt('b.json', 'is empty', 'fill it in')
  expect(formatReport([okAt('c.json', 'is right'), warning, problem])).toBe(
    [
      '✓ c.json: is right',
      '! b.json: is empty',
      '    → fill it in',
      '✗ a.json: is wrong',
      '    → fix it',
      '',
      '1 error, 1 warning, 1 ok',
    ].join('\n'),
  )
})
