import path from 'node:path'
import { readOptions } from '../../scripts/options'

describe('the command line of npm start', () => {
  test('needs nothing', () => {
    expect(readOptions([])).toEqual({
      port: 8080,
      fresh: false,
      open: false,
      data: path.resolve('.simulator'),
    })
  })

  test('takes a port and says yes to fresh and open', () => {
    expect(readOptions(['--port', '0', '--fresh', '--open'])).toMatchObject({
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
  ])('%j is refused in one line that says what there is', (args, expected) => {
    expect(() => readOptions(args)).toThrow(expected)
    expect(() => readOptions(args)).toThrow('Use: npm start [-- --port N]')
    expect(() => readOptions(args)).toThrow(/^[^\n]*$/)
  })
})
