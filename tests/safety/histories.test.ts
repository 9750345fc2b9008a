import { runHistories } from './workload/histories/run'

test('random histories keep the money rules and cover every situation', async () => {
  expect(await runHistories('histories', false)).toEqual({})
}, 3_600_000)
