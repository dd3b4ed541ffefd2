// What every page has, in one file: the design system, and what sees to all forms.

import './growing.js'
import './going_back.js'
import './handed.js'
import './staying.js'
import './design_system.js'
import './printing.js'
import './resume_code.js'
import './forget.js'
