import { sampleOf } from '../support/run/full-run'
import {
  countCalls,
  type PlacedFault,
  runWithFault,
  runWithoutFaults,
  runWithTwoFaults,
} from './faults/crash-matrix'
import { FAULT_NAMES } from './faults/port-faults'
import { note } from './workload/rounds'
import { scenarios } from './workload/scenarios'
import { show } from './workload/scenarios/scenario'

/** `npm test` runs one of so many pairs of faults. */
const SAMPLE = 7

describe.each(Object.keys(scenarios))('%s', (name) => {
  const ownScenarios = scenarios[name as keyof typeof scenarios]

  test.each(ownScenarios)('without faults, $name ends as expected', async (scenario) => {
    const { outcome, violations } = await runWithoutFaults(scenario)
    expect({ outcome: show(outcome), violations }).toEqual({
      outcome: scenario.ends,
      violations: [],
    })
  })

  // `npx jest tests/safety/crash.test.ts -u` writes the snapshot.
  test('makes the port calls of the snapshot, no others', async () => {
    const points: Record<string, string[]> = {}
    for (const scenario of ownScenarios)
      points[scenario.name] = (await runWithoutFaults(scenario)).points
    const count = Object.values(points).flat().length
    note(`crash matrix, ${name}: ${count} port calls in ${ownScenarios.length} scenarios`)
    expect(points).toMatchSnapshot()
  })

  test.each(ownScenarios)(
    'keeps the money rules with any fault at any port call: $name',
    async (scenario) => {
      const { points } = await runWithoutFaults(scenario)
      const broken = []
      for (const [index, point] of points.entries()) {
        for (const fault of sampleOf(FAULT_NAMES, FAULT_NAMES.length, index)) {
          const violations = await runWithFault(scenario, index + 1, fault)
          if (violations.length > 0) broken.push({ at: `${index + 1} ${point}`, fault, violations })
        }
      }
      expect(broken).toEqual([])
    },
  )
})

test('all pairs of faults between paying and refunding keep the money rules', async () => {
  const pairs: [PlacedFault, PlacedFault][] = []
  const last = await countCalls()
  for (let first = 1; first <= last; first++) {
    for (const fault of FAULT_NAMES) {
      // The first fault changes the number of the following calls, so they are counted again.
      const calls = await countCalls({ n: first, fault })
      for (let second = first + 1; second <= calls; second++) {
        for (const other of FAULT_NAMES) {
          pairs.push([
            { n: first, fault },
            { n: second, fault: other },
          ])
        }
      }
    }
  }
  const sample = sampleOf(pairs, SAMPLE)
  const broken = []
  for (const pair of sample) {
    const violations = await runWithTwoFaults(...pair)
    if (violations.length > 0) broken.push({ pair, violations })
  }
  note(`crash matrix, pay → refund: ${sample.length} of ${pairs.length} pairs of faults`)
  expect(broken).toEqual([])
}, 300_000)
