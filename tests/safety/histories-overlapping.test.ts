import { runHistories } from './workload/histories/run'

test('random histories of overlapping runs keep the money rules and cover every situation', async () => {
  expect(await runHistories('overlapping histories', true)).toEqual({})
}, 3_600_000)
