import path from 'node:path'
import { readArguments } from '../../../scripts/command-line/command'
import { START, startOptions } from '../../../scripts/command-line/start-options'

const readStartOptions = (args: string[], root: string) =>
  startOptions(readArguments(START, args, {}).values, root)

describe('the command line of npm start', () => {
  test('needs no options', () => {
    expect(readStartOptions([], 'shop')).toEqual({
      port: 8080,
      fresh: false,
      open: false,
      data: path.join('shop', '.simulator'),
    })
  })

  test('takes --port, --fresh and --open', () => {
    expect(readStartOptions(['--port', '0', '--fresh', '--open'], 'shop')).toMatchObject({
      port: 0,
      fresh: true,
      open: true,
    })
  })

  test.each([
    [['--port', 'x'], '--port must be a number from 0 to 65535, not x.'],
    [['--port', '65536'], '--port must be a number from 0 to 65535, not 65536.'],
    [['--prot', '1'], "Unknown option '--prot'."],
    [['--data', ''], '--data must name a folder.'],
    [['now'], "Unexpected argument 'now'."],
  ])('%j is refused in one line with the options', (args, expected) => {
    expect(() => readStartOptions(args, 'shop')).toThrow(expected)
    expect(() => readStartOptions(args, 'shop')).toThrow(
      'The options of npm start: --port PORT, --fresh',
    )
    expect(() => readStartOptions(args, 'shop')).toThrow(/^[^\n]*$/)
  })
})
