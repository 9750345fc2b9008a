import { prove } from './histories/prove'

test('random histories keep the money rules, and meet everything that can be met', async () => {
  expect(await prove('histories', 5000, false)).toEqual({})
}, 3_600_000)
