import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const miniprogram = path.resolve(__dirname, '../../../miniprogram')

/** Source files by their path inside miniprogram/, with forward slashes. */
const sources = new Map(
  readdirSync(miniprogram, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [
      file.split(path.sep).join('/'),
      readFileSync(path.join(miniprogram, file), 'utf8'),
    ]),
)

const filesWith = (pattern: RegExp) =>
  [...sources].filter(([, text]) => pattern.test(text)).map(([file]) => file)

describe('the mini program', () => {
  test('calls wx.cloud from its services alone', () => {
    const callers = filesWith(/\bwx\.cloud\./).filter((file) => !file.startsWith('services/'))
    expect(callers).toEqual([])
    expect(filesWith(/\bwx\.cloud\./)).toContain('services/pay.ts')
  })

  test('imports nothing but its own files, and types from typings/', () => {
    const imports = [...sources].flatMap(([file, text]) =>
      [...text.matchAll(/^import (type )?.* from '(.*)'$/gm)].map(([, type, from]) => ({
        target: path.posix.join(path.posix.dirname(file), from ?? ''),
        isRelative: from?.startsWith('.'),
        isType: type !== undefined,
      })),
    )
    const foreign = imports.filter(
      ({ target, isRelative, isType }) =>
        !isRelative || (target.startsWith('..') && !(isType && target.startsWith('../typings/'))),
    )
    expect(imports.length).toBeGreaterThan(10)
    expect(foreign).toEqual([])
  })
})
