/** The mini program as the compiler passes it to the runtime. Types only. */

/** The theme of WeChat; a mini program with `darkmode` in its app.json follows it. */
export type Theme = 'light' | 'dark'

/** The window settings of a page that may differ by theme (page.json over app.json's `window`). */
export interface WindowColors {
  /** `#rrggbb`; WeChat's default is black */
  navigationBarBackgroundColor?: string
  /** title, status bar and buttons of the bar; WeChat's default is white */
  navigationBarTextStyle?: 'black' | 'white'
  /** `#rrggbb` behind the page; WeChat's default is white */
  backgroundColor?: string
  /** `#rrggbb` above a page that is pulled down; `backgroundColor` by default */
  backgroundColorTop?: string
  /** the dots above a page that is pulled down; WeChat's default is dark */
  backgroundTextStyle?: 'dark' | 'light'
}

/** A page's window settings: page.json over app.json's `window`. */
export interface WindowConfig {
  navigationBarTitleText?: string
  enablePullDownRefresh?: boolean
  /** px from the end of the page at which onReachBottom is called; WeChat's default is 50 */
  onReachBottomDistance?: number
  /** the values of the theme variables; both themes are equal without `darkmode` */
  colors: Record<Theme, WindowColors>
}

/** A page or a component, without its template and its code. */
export interface Unit {
  /** whether it is a page: pages are opened, components are used in templates */
  page: boolean
  /** tag → path of the component, from the root (`/components/badge/index`) */
  usingComponents: Record<string, string>
  /** the prefix of the classes in a component's WXSS; pages have none */
  styleScope?: string
  /** from its JSON file: whether the styles of the page and of the component affect each other */
  styleIsolation?: string
}

/** The mini program. */
export interface Program {
  appid: string
  /** the name of the mini program: the title in app.json's `window` */
  name: string
  /** app.json's `"style": "v2"`: the newer styles of the built-in components */
  styleV2: boolean
  /** app.json's `darkmode`: the mini program and the built-in components follow the theme */
  darkmode: boolean
  /** routes in the order of app.json: the first one is home */
  pages: string[]
  /** route → window settings of the page */
  windows: Record<string, WindowConfig>
  /** path without extension → page or component */
  units: Record<string, Unit>
}
