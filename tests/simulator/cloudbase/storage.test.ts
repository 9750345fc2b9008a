import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ANN, sdkOf, temporaryFolder, useCloudBase } from './support'

const folder = temporaryFolder()
const dir = path.join(folder, 'storage')
mkdirSync(path.join(dir, 'inner'), { recursive: true })
writeFileSync(path.join(dir, 'tea.png'), 'tea')
writeFileSync(path.join(dir, 'inner', 'cup.png'), 'cup')
writeFileSync(path.join(folder, 'secret.png'), 'secret')

const { running } = useCloudBase({ storage: { goods: dir } })
const storage = () => running.cloudbase.storage
const id = (cloudPath: string) => `cloud://simulator-env.bucket/${cloudPath}`
const TEA_ID = id('goods/tea.png')

test('the id of a file contains the environment and the bucket', () => {
  expect(storage().fileID('goods/tea.png')).toBe(TEA_ID)
})

test('a file is found by its id', () => {
  expect(storage().fileOf(TEA_ID)).toBe(path.join(dir, 'tea.png'))
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
])('the id %s finds no file', (fileID) => {
  expect(storage().fileOf(fileID)).toBeUndefined()
})

test('the SDK gets a link, and an error code for a missing file', async () => {
  const cloud = await sdkOf(running.cloudbase)
  const none = id('goods/none.png')
  const { fileList } = await cloud.getTempFileURL({
    fileList: [{ fileID: TEA_ID, maxAge: 60 }, none],
  })
  expect(fileList).toMatchObject([
    {
      fileID: TEA_ID,
      status: 0,
      maxAge: 60,
      tempFileURL: `http://127.0.0.1/files/${encodeURIComponent(TEA_ID)}`,
    },
    { fileID: none, status: -503003, tempFileURL: '' },
  ])
})

test('the phone gets the same', () => {
  const { fileList } = running.cloudbase.client(ANN).tempFileURLs([TEA_ID, id('goods/none.png')])
  expect(fileList.map(({ status }) => status)).toEqual([0, -503003])
  expect(fileList[0]!.tempFileURL).toContain(encodeURIComponent(TEA_ID))
})
