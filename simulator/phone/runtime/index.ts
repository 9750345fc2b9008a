import { applySettings } from '../frame/appearance'
import { followBuilds } from '../frame/build-errors'
import { cancelDialog } from '../frame/dialog'
import { byId } from '../frame/dom'
import { drawWindow, listenToNavigationBar, runStatusBarClock } from '../frame/navigation-bar'
import { openNotFoundNotice } from '../frame/not-found-notice'
import { keepSettingsInAddress, onSettingChange, setting } from '../frame/settings'
import { listSettings } from '../frame/settings-panel'
import { currentShopper, listShoppers } from '../frame/shoppers'
/** The runtime of the phone. The mini program's script calls `startMiniProgram`. */
import type { Program } from '../protocol/program'
import { AppInstance } from './app'
import { onShareTap } from './built-ins/button'
import { onNavigatorTap } from './built-ins/navigator'
import { Engine } from './engine/engine'
import type { Templates } from './engine/glass-easel'
import { showPresses } from './engine/hover'
import { tapByKeyboard } from './engine/taps'
import { followNavigator } from './navigator-taps'
import { callPageCode, reportUncaught } from './page-errors'
import { PhoneDate } from './phone-date'
import { BrowserHistory } from './router/browser-history'
import { Router } from './router/router'
import { openMenu, shareByButton } from './share'
import { createWx } from './wx'

/** The modules of the mini program, before they run. */
interface Modules {
  app(): void
  units: Record<string, () => void>
}

/** Starts the mini program. The parameters of both functions are its globals; hidden ones stay undefined. */
function startMiniProgram(
  program: Program,
  templatesIn: (...scope: unknown[]) => Templates,
  modulesIn: (...scope: unknown[]) => Modules,
): void {
  Reflect.deleteProperty(globalThis, 'startMiniProgram')
  const screen = byId('screen')
  screen.classList.toggle('v2', program.styleV2)
  screen.classList.toggle('darkmode', program.darkmode)
  const app = new AppInstance()
  const engine = new Engine(program, templatesIn(getRegExp, getDate))
  const router = new Router(program, engine, screen, ({ window, route }) => {
    const canGoBack = router.depth > 1
    drawWindow(window, canGoBack, !canGoBack && route !== router.home)
    browserHistory.follow()
  })
  const browserHistory = new BrowserHistory(router, { cancelDialog, notFound: openNotFoundNotice })
  const wx = createWx(router, program)
  const { Page, Component, Behavior } = engine.registration
  const getCurrentPages = () => router.instances()
  const scope = [wx, app.register, Page, Component, Behavior, app.get, getCurrentPages, PhoneDate]
  const modules = modulesIn(...scope)

  callPageCode('app', () => modules.app())
  for (const [path, run] of Object.entries(modules.units)) engine.define(path, run)

  listenToNavigationBar({
    back: () => router.navigateBack(1),
    home: () => router.reLaunch(`/${router.home}`),
    more: () => void openMenu(router, program.name),
  })
  onNavigatorTap(screen, (tap) => followNavigator(router, tap))
  onShareTap(screen, (target) => void shareByButton(router, program.name, target))
  tapByKeyboard(screen)
  showPresses(screen)

  const first = browserHistory.first()
  app.launch(first)
  app.show(first)
  router.reLaunch(`/${first.route}${first.search ? `?${first.search}` : ''}`)
  onSettingChange('theme', () => {
    router.refresh()
    if (program.darkmode) app.changeTheme(setting('theme'))
  })
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      router.top.hide()
      app.hide()
    } else {
      app.show(router.top.destination)
      router.top.show()
    }
  })
}

/** Creates a RegExp for WXS, which has no literals for it (WeChat's WXS reference, "数据类型"). */
function getRegExp(pattern: string, flags?: string): RegExp {
  return new RegExp(pattern, flags)
}

function getDate(...parts: ConstructorParameters<typeof Date>): Date {
  return new PhoneDate(...parts)
}

reportUncaught()
Object.assign(globalThis, { startMiniProgram })
applySettings()
keepSettingsInAddress()
runStatusBarClock()
listSettings()
listShoppers(currentShopper())
followBuilds(document.documentElement.dataset.build ?? '')
