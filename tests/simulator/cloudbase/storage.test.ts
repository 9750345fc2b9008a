import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ann, sdkOf, temporaryFolder, useCloudBase } from './support'

const folder = temporaryFolder()
const dir = path.join(folder, 'storage')
mkdirSync(path.join(dir, 'inner'), { recursive: true })
writeFileSync(path.join(dir, 'tea.png'), 'tea')
writeFileSync(path.join(dir, 'inner', 'cup.png'), 'cup')
writeFileSync(path.join(folder, 'secret.png'), 'secret')

const { running } = useCloudBase({ storage: { goods: dir } })
const storage = () => running.cloudbase.storage
const id = (cloudPath: string) => `cloud://simulator-env.bucket/${cloudPath}`
const tea = id('goods/tea.png')

test('a file has an id of its environment and bucket', () => {
  expect(storage().fileID('goods/tea.png')).toBe(tea)
})

test('an id leads to its file', () => {
  expect(storage().fileOf(tea)).toBe(path.join(dir, 'tea.png'))
})

test.each([
  id('goods/none.png'),
  id('goods/../secret.png'),
  id('goods/..%2Fsecret.png'),
  id('goods/..\\secret.png'),
  id('goods/inner/cup.png'),
  id('goods/'),
  id('goods/.'),
  id('goods/..'),
  id('tea.png'),
  id('goods//tea.png'),
  'cloud://another-env.bucket/goods/tea.png',
  'cloud://simulator-env.other/goods/tea.png',
  path.join(dir, 'tea.png'),
  '',
])('%s leads nowhere', (fileID) => {
  expect(storage().fileOf(fileID)).toBeUndefined()
})

test('the SDK gets a link, and the code of a file that is not there', async () => {
  const cloud = await sdkOf(running.cloudbase)
  const none = id('goods/none.png')
  const { fileList } = await cloud.getTempFileURL({
    fileList: [{ fileID: tea, maxAge: 60 }, none],
  })
  expect(fileList).toMatchObject([
    {
      fileID: tea,
      status: 0,
      maxAge: 60,
      tempFileURL: `http://127.0.0.1/files/${encodeURIComponent(tea)}`,
    },
    { fileID: none, status: -503003, tempFileURL: '' },
  ])
})

test('the phone gets the same', () => {
  const { fileList } = running.cloudbase.client(ann).tempFileURLs([tea, id('goods/none.png')])
  expect(fileList.map(({ status }) => status)).toEqual([0, -503003])
  expect(fileList[0]!.tempFileURL).toContain(encodeURIComponent(tea))
})
