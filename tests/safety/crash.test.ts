import { functions } from './crash/functions'
import { FAULTS, rehearse, strike, type FaultName } from './crash/matrix'
import { strikeTwice, tellStory } from './crash/pairs'
import { show } from './crash/scenario'
import { note } from './support/rounds'

const faults = Object.keys(FAULTS) as FaultName[]

describe.each(Object.keys(functions))('%s', (name) => {
  const scenarios = functions[name as keyof typeof functions]

  test.each(scenarios)('takes the way that is meant: $name', async (scenario) => {
    const { outcome, violations } = await rehearse(scenario)
    expect({ outcome: show(outcome), violations }).toEqual({
      outcome: scenario.ends,
      violations: [],
    })
  })

  // `npx jest tests/safety/crash.test.ts -u` writes the snapshot.
  test('makes the port calls of the snapshot, no others', async () => {
    const points: Record<string, string[]> = {}
    for (const scenario of scenarios) points[scenario.name] = (await rehearse(scenario)).points
    const count = Object.values(points).flat().length
    note(`crash matrix, ${name}: ${count} port calls in ${scenarios.length} scenarios`)
    expect(points).toMatchSnapshot()
  })

  test.each(scenarios)('keeps the money rules wherever it is struck: $name', async (scenario) => {
    const { points } = await rehearse(scenario)
    const broken = []
    for (const [index, point] of points.entries()) {
      for (const fault of faults) {
        const violations = await strike(scenario, index + 1, fault)
        if (violations.length > 0) broken.push({ at: `${index + 1} ${point}`, fault, violations })
      }
    }
    expect(broken).toEqual([])
  })
})

test('all pairs of points from paying to refunding keep the money rules', async () => {
  const broken = []
  let pairs = 0
  const last = await tellStory()
  for (let first = 1; first <= last; first++) {
    for (const fault of faults) {
      // The first fault changes what follows: how much, only playing it tells.
      const calls = await tellStory({ n: first, fault })
      for (let second = first + 1; second <= calls; second++) {
        for (const other of faults) {
          const violations = await strikeTwice({ n: first, fault }, { n: second, fault: other })
          pairs++
          if (violations.length > 0) broken.push({ first, fault, second, other, violations })
        }
      }
    }
  }
  note(`crash matrix, pay → refund: ${pairs} pairs of faults`)
  expect(broken).toEqual([])
}, 60_000)
