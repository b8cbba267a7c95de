cmake_minimum_required(VERSION 3.25)
# Usage: cmake -DROOT=<tree> -DQT_CORE_INCLUDES=<list> -P layers.cmake
# Each folder with the folders it may include (DESIGN section 3). A folder may always include itself.
set(rules
  "models/status:"
  "models/systems:models/status"
  "models/judge:models/status"
  "models/alerts:models/status"
  "models/wording:models/status"
  "models/report:models/status models/wording models/systems"
  "models/timeline:models/status"
  "models/tables:models/status models/wording models/timeline"
  "app/config:models/status"
  "app/secrets:models/status app/config" # a secret's reference is written in the configuration
  "app/poll:models/status models/systems models/judge app/config app/secrets"
  "app/history:models/status models/timeline"
  "app/notify:models/status"
  "app/session:models/status"
  "app/demo:"
  "app/cli:models/status models/systems models/judge models/wording models/report app/config app/secrets app/poll app/history app/demo"
  "views/theme:models/status"
  "views/delegates:models/status models/tables models/timeline models/wording views/theme"
  "views/charts:models/status models/tables models/timeline models/wording views/theme"
  "views/pages:models/status models/tables models/wording views/theme views/delegates views/charts"
  "views/wall:models/status models/tables models/wording views/theme views/delegates views/charts"
  "views/dialogs:models/status models/tables models/wording views/theme views/delegates views/charts")
set(forbidden_anywhere "QDBusInterface|processEvents|setStyleSheet|[^a-zA-Z_]SIGNAL\\(|[^a-zA-Z_]SLOT\\(|terminate\\(\\)")
set(forbidden_folders "utils|common|helpers|core|managers")

set(violations 0)
macro(violation text)
  math(EXPR violations "${violations} + 1")
  message("${text}")
endmacro()

function(core_has header result)
  set(${result} FALSE PARENT_SCOPE)
  foreach(folder ${QT_CORE_INCLUDES})
    if(EXISTS "${folder}/${header}" AND folder MATCHES "QtCore$")
      set(${result} TRUE PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/models/*.h ${ROOT}/models/*.cpp ${ROOT}/app/*.h ${ROOT}/app/*.cpp ${ROOT}/views/*.h ${ROOT}/views/*.cpp)
foreach(file ${files})
  if(file MATCHES "/(${forbidden_folders})/")
    violation("${file}: a folder must not be called ${CMAKE_MATCH_1}; name it by its subject")
  endif()
  string(REGEX MATCH "^[a-z]+/[a-z_]+" folder "${file}")
  set(allowed "")
  set(ruled FALSE)
  foreach(rule ${rules})
    string(REGEX REPLACE ":.*" "" rule_folder "${rule}")
    if(file MATCHES "^${rule_folder}/")
      string(REGEX REPLACE "^[^:]*:" "" allowed "${rule}")
      string(REPLACE " " ";" allowed "${allowed}")
      list(APPEND allowed "${rule_folder}")
      set(ruled TRUE)
    endif()
  endforeach()
  file(STRINGS ${ROOT}/${file} includes REGEX "^ *# *include ")
  foreach(line ${includes})
    if(line MATCHES "\"(app|models|views)/([^\"]*)\"")
      string(REGEX MATCH "\"([a-z]+/[a-z_]+)" ignored "${line}")
      set(target "${CMAKE_MATCH_1}")
      if(ruled AND NOT target IN_LIST allowed)
        violation("${file}: may not include ${target}: ${line}")
      elseif(NOT ruled AND file MATCHES "^views/" AND target MATCHES "^app")
        violation("${file}: views never see app: ${line}")
      elseif(NOT ruled AND file MATCHES "^(models)/")
        violation("${file}: its folder has no rule; add it to the layers")
      endif()
    elseif(file MATCHES "^models/" AND line MATCHES "<(Q[^>]*)>")
      core_has("${CMAKE_MATCH_1}" in_core)
      if(NOT in_core)
        violation("${file}: models use Qt Core only: ${line}")
      endif()
    elseif(line MATCHES "<QtNetwork|<QNetwork|<QTcp|<QSsl" AND file MATCHES "^views/")
      violation("${file}: views do not speak to the network: ${line}")
    endif()
  endforeach()
  file(STRINGS ${ROOT}/${file} hits REGEX "${forbidden_anywhere}")
  foreach(hit ${hits})
    if(NOT hit MATCHES "^ *//" AND NOT hit MATCHES "bus.connect\\(") # QDBusConnection knows no other form
      violation("${file}: not here (it blocks, hides or breaks native style): ${hit}")
    endif()
  endforeach()
endforeach()
if(violations GREATER 0)
  message(SEND_ERROR "${violations} violations")
endif()
