@echo off
rem Runs the Surprisal command line with a JDK 25 or newer; builds it first where needed.
rem SURPRISAL_JAVA_HOME names the JDK, SURPRISAL_OPTS adds options of the JVM. With --peers it builds
rem and runs the other libraries of the benchmark too.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
set "JAR=%ROOT%bench\target\surprisal.jar"
set "PEERS=%ROOT%bench\peers\target\peers.jar"
set "CLASSES=%JAR%"
set "LOGGER="
set "JDK="

if not defined SURPRISAL_JAVA_HOME goto search
call :consider "%SURPRISAL_JAVA_HOME%"
if defined JDK goto found
>&2 echo surprisal: SURPRISAL_JAVA_HOME is "%SURPRISAL_JAVA_HOME%", which is no JDK 25 or newer
exit /b 1

:search
call :consider "%JAVA25_HOME%"
call :consider "%JAVA_HOME%"
for %%J in (java.exe) do if not "%%~$PATH:J"=="" call :consider "%%~dp$PATH:J.."
for /d %%D in (
  "%ProgramFiles%\Eclipse Adoptium\jdk-*"
  "%ProgramFiles%\Java\jdk-*"
  "%ProgramFiles%\Microsoft\jdk-*"
  "%ProgramFiles%\Zulu\zulu-*"
  "%ProgramFiles%\Amazon Corretto\jdk*"
  "%USERPROFILE%\.jdks\*"
) do call :consider "%%~D"
if defined JDK goto found
>&2 echo surprisal: needs a JDK 25 or newer and found none: install one, or set SURPRISAL_JAVA_HOME to its folder
exit /b 1

:found
set "BUILT=%JAR%"
set "PROFILES=!format"
set "NEXT=start"
if not exist "%JAR%" goto build
rem Exit code 3: a source is newer than the jar, or a folder is, from which one went away.
powershell -NoProfile -Command "$jar = (Get-Item -LiteralPath $env:JAR).LastWriteTime; $new = @(Get-Item -Path ($env:ROOT + 'pom.xml'), ($env:ROOT + '*\pom.xml')) + @(Get-ChildItem -Path ($env:ROOT + '*\src\*') -Exclude test) + @(Get-ChildItem -Path ($env:ROOT + '*\src\*') -Exclude test | Get-ChildItem -Recurse) | Where-Object { $_.LastWriteTime -gt $jar } | Select-Object -First 1; if ($new) { exit 3 }"
if %ERRORLEVEL% EQU 3 goto build

:start
for %%A in (%*) do if "%%~A"=="--peers" goto peers

:run
"%JDK%\bin\java.exe" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %LOGGER% %SURPRISAL_OPTS% -cp "%CLASSES%" io.github.surprisal.bench.Main %*
exit /b %ERRORLEVEL%

:peers
set "CLASSES=%JAR%;%PEERS%"
rem Else it warns of versions, which are pinned.
set "LOGGER=-Dorg.bytedeco.javacpp.logger=slf4j"
rem The environment that the libraries want: no telemetry, no look-ups, no chatter, one thread.
set "OPT_OUT_TRACKING=true"
set "DJL_OFFLINE=true"
set "ORT_DISABLE_TELEMETRY=1"
set "TF_CPP_MIN_LOG_LEVEL=2"
set "OPENBLAS_NUM_THREADS=1"
set "BUILT=%PEERS%"
set "PROFILES=!format,peers"
set "NEXT=run"
if not exist "%PEERS%" goto fetch
powershell -NoProfile -Command "$peers = (Get-Item -LiteralPath $env:PEERS).LastWriteTime; $new = @(Get-Item -Path $env:JAR, ($env:ROOT + 'bench\peers\pom.xml')) + @(Get-ChildItem -Path ($env:ROOT + 'bench\peers\src\main') -Recurse) | Where-Object { $_.LastWriteTime -gt $peers } | Select-Object -First 1; if ($new) { exit 3 }"
if %ERRORLEVEL% EQU 3 goto build
goto run

:fetch
>&2 echo surprisal: fetches other libraries to measure beside, about 615 MB unless Maven has them already

:build
where mvn >nul 2>nul
if not errorlevel 1 goto maven
if not exist "%BUILT%" goto unbuilt
>&2 echo surprisal: sources are newer than the build, but there is no mvn on the PATH: runs the old build
goto %NEXT%

:unbuilt
>&2 echo surprisal: is not built yet, and there is no mvn on the PATH: install Maven 3.8.7 or newer
exit /b 1

:maven
>&2 echo surprisal: building, about a minute the first time
set "LOG=%TEMP%\surprisal-build-%RANDOM%.log"
set "JAVA_HOME=%JDK%"
rem The format is no matter here; tests are what mvn verify is for.
call mvn -q -B -ntp -f "%ROOT%pom.xml" -P "%PROFILES%" -Dmaven.test.skip=true package >"%LOG%" 2>&1 <nul
if not errorlevel 1 goto built
type "%LOG%" >&2
>&2 echo surprisal: the build failed; its output, above, is in "%LOG%"
>&2 echo surprisal: if the reason is not clear from it, try mvn clean verify in "%ROOT%"
exit /b 1

:built
del "%LOG%"
rem Maven leaves a jar alone that would come out the same.
powershell -NoProfile -Command "(Get-Item -LiteralPath $env:BUILT).LastWriteTime = Get-Date"
goto %NEXT%

rem Takes the folder as the JDK if it is one that will do and none was found before.
:consider
if defined JDK exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "usebackq tokens=2 delims==" %%V in (`findstr /b /c:"JAVA_VERSION=" "%~1\release"`) do (
  for /f "tokens=1 delims=.-+" %%M in ("%%~V") do if %%M GEQ 25 set "JDK=%~f1"
)
exit /b 0
