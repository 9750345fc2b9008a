import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const MINIPROGRAM = path.resolve(__dirname, '../../../miniprogram')

/** Source files by their path in miniprogram/, with forward slashes. */
const SOURCES = new Map(
  readdirSync(MINIPROGRAM, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [
      file.split(path.sep).join('/'),
      readFileSync(path.join(MINIPROGRAM, file), 'utf8'),
    ]),
)

const filesWith = (pattern: RegExp) =>
  [...SOURCES].filter(([, text]) => pattern.test(text)).map(([file]) => file)

describe('the mini program', () => {
  test('calls wx.cloud only in its services', () => {
    const callers = filesWith(/\bwx\.cloud\./).filter((file) => !file.startsWith('services/'))
    expect(callers).toEqual([])
    expect(filesWith(/\bwx\.cloud\./)).toContain('services/pay.ts')
  })

  test('imports only its own files, and types from typings/', () => {
    const imports = [...SOURCES].flatMap(([file, text]) =>
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
