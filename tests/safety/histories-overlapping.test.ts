import { prove } from './histories/prove'

test('random histories of overlapping runs keep the money rules, and meet everything', async () => {
  expect(await prove('overlapping histories', 5000, true)).toEqual({})
}, 3_600_000)
