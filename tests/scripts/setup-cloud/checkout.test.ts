import { readCheckout } from '../../../scripts/setup-cloud/checkout'
import { ProjectCopy } from '../verify/project-copy'

const APPID = 'wxd930ea5d5a258f4f'

let copy: ProjectCopy
beforeEach(() => {
  copy = new ProjectCopy()
  copy.json('project.config.json', (it) => (it.appid = APPID))
})
afterEach(() => copy.destroy())

const read = () => readCheckout(copy.folder)

test('a checkout with an AppID of its own can go to the cloud', async () => {
  expect((await read()).appid).toBe(APPID)
})

test('pictures of every kind are uploaded', async () => {
  copy.write('cloud/storage/tea.jpg', '')
  const { folder } = await read()
  expect(folder.pictures.map(({ cloudPath }) => cloudPath)).toContain('goods/tea.jpg')
})

test.each<[string, () => void, RegExp]>([
  [
    'touristappid',
    () => copy.json('project.config.json', (it) => (it.appid = 'touristappid')),
    /project\.config\.json appid: is touristappid, which has no cloud/,
  ],
  [
    'a broken project.config.json',
    () => copy.write('project.config.json', '{'),
    /project\.config\.json: is not JSON/,
  ],
  ['no goods.json', () => copy.remove('cloud/database/goods.json'), /goods\.json: is missing/],
  [
    'goods that pay does not sell',
    () => copy.append('cloud/database/goods.json', '{"price":0.5}\n'),
    /goods\.json:13: price is no whole number of fen/,
  ],
  [
    'permissions that are not safe',
    () => copy.json('cloud/database/permissions.json', (it) => (it.goods.aclTag = 'READONLY')),
    /permissions\.json: a phone may create/,
  ],
  ['no indexes', () => copy.remove('cloud/database/indexes.json'), /indexes\.json: is missing/],
])('%s cannot, and nothing was changed', async (_what, plant, says) => {
  plant()
  await expect(read()).rejects.toThrow(says)
  await expect(read()).rejects.toThrow(/Nothing was changed in the cloud\.$/)
})
