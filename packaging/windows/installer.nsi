; The installer of one user, without administrator rights. Called by `build`, which gives VERSION, CONTENT (the folder
; with what is installed), OUT and SIGN.
;
; Silent: Aftalebog-Setup-<version>.exe /S, and "%LOCALAPPDATA%\Programs\Aftalebog\uninstall.exe" /S [/DELETEDATA].
; The uninstaller goes on as a copy of itself and has no status, unless its last argument is _?=<its folder>; then it
; and the folder stay.
; The status is 0, or 1, which NSIS gives when it is cancelled, or one of these; then nothing was changed:
!define TOO_OLD_WINDOWS 3
!define NEWER_INSTALLED 4
!define RUNNING 5
!define NO_BACKUP 6
; This one, which NSIS gives as well: not all could be written. What is there is the old or the new, each file whole.
!define NOT_WRITTEN 2
; This one: the program is gone, and of the data something is left.
!define DATA_LEFT 7

Unicode true
Target amd64-unicode
!define APP "Aftalebog"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
; Where the program keeps the clinic; no part of an installation.
!define DATA "$LOCALAPPDATA\${APP}"

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh

Name "${APP}"
OutFile "${OUT}"
SetCompressor /SOLID lzma
; A file that cannot be written ends it.
AllowSkipFiles off
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${APP}"
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
BrandingText "${APP} ${VERSION}"
VIProductVersion "${VERSION}.0"
!macro VERSION_OF LANGUAGE DESCRIPTION
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "${APP}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "${DESCRIPTION}"
  VIAddVersionKey /LANG=${LANGUAGE} "CompanyName" "${APP}"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "MIT OR Apache-2.0"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
!macroend
!insertmacro VERSION_OF 1030 "Installation af ${APP}"
!insertmacro VERSION_OF 1033 "${APP} Setup"

!define MUI_ICON "../../assets/icon/aftalebog.ico"
!define MUI_UNICON "../../assets/icon/aftalebog.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "../../assets/icon/installer.bmp"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "$(WELCOME_TITLE)"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"
!define MUI_FINISHPAGE_TITLE "$(DONE_TITLE)"
!define MUI_FINISHPAGE_TEXT "$(DONE)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\aftalebog.exe"
!define MUI_FINISHPAGE_RUN_TEXT "$(START)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; The one of Windows is used; the first where it is neither.
!insertmacro MUI_LANGUAGE "Danish"
!insertmacro MUI_LANGUAGE "English"

LangString WELCOME_TITLE ${LANG_DANISH}  "Installér ${APP} ${VERSION}"
LangString WELCOME_TITLE ${LANG_ENGLISH} "Install ${APP} ${VERSION}"
LangString WELCOME ${LANG_DANISH}  "${APP} installeres kun for dig, og det kræver ingen administrator.$\r$\n$\r$\nEr ${APP} her i forvejen, bliver den opdateret: klinikkens data bliver, hvor de er, og der laves først en sikkerhedskopi af dem. Luk ${APP} inden."
LangString WELCOME ${LANG_ENGLISH} "${APP} is installed for you only, and needs no administrator.$\r$\n$\r$\nIf ${APP} is here already, it is updated: the clinic's data stays where it is, and a backup of it is made first. Close ${APP} before you go on."
LangString DONE_TITLE ${LANG_DANISH}  "${APP} er installeret"
LangString DONE_TITLE ${LANG_ENGLISH} "${APP} is installed"
LangString DONE ${LANG_DANISH}  "${APP} ligger i Start-menuen.$\r$\n$\r$\nTryk på Afslut."
LangString DONE ${LANG_ENGLISH} "${APP} is in the Start menu.$\r$\n$\r$\nPress Finish."
LangString START ${LANG_DANISH}  "&Start ${APP}"
LangString START ${LANG_ENGLISH} "&Start ${APP}"
LangString OLD_WINDOWS ${LANG_DANISH}  "${APP} kræver Windows 10 eller nyere."
LangString OLD_WINDOWS ${LANG_ENGLISH} "${APP} needs Windows 10 or later."
LangString IS_NEWER ${LANG_DANISH}  "Version $0 er installeret, og den er nyere end denne: ${VERSION}. En ældre version kan måske ikke åbne klinikkens fil.$\r$\n$\r$\nVil du installere den ældre alligevel?"
LangString IS_NEWER ${LANG_ENGLISH} "Version $0 is installed, which is newer than this one: ${VERSION}. An older version may not be able to open the clinic's file.$\r$\n$\r$\nInstall the older one all the same?"
LangString IS_RUNNING ${LANG_DANISH}  "${APP} er åben. Luk den, og prøv igen.$\r$\n$\r$\nEr den ikke åben, bliver programmets fil brugt af noget andet, eller den er skrivebeskyttet:$\r$\n$INSTDIR\aftalebog.exe"
LangString IS_RUNNING ${LANG_ENGLISH} "${APP} is open. Close it and try again.$\r$\n$\r$\nIf it is not open, something else uses the program's file, or the file is write-protected:$\r$\n$INSTDIR\aftalebog.exe"
LangString CANNOT_WRITE ${LANG_DANISH}  "$0 kunne ikke skrives. Se efter, om disken er fuld, eller om et andet program bruger filen, og kør installationen igen."
LangString CANNOT_WRITE ${LANG_ENGLISH} "$0 could not be written. See whether the disk is full, or whether another program uses the file, and run the installer again."
LangString BACKING_UP ${LANG_DANISH}  "Laver en sikkerhedskopi af klinikkens fil …"
LangString BACKING_UP ${LANG_ENGLISH} "Making a backup of the clinic's file …"
LangString NOT_BACKED_UP ${LANG_DANISH}  "Der kunne ikke laves en sikkerhedskopi af klinikkens fil, så intet er ændret endnu. Åbn ${APP}, og se, hvad der er galt.$\r$\n$\r$\nVil du opdatere alligevel, uden kopi?"
LangString NOT_BACKED_UP ${LANG_ENGLISH} "No backup of the clinic's file could be made, so nothing has been changed yet. Open ${APP} and see what is wrong.$\r$\n$\r$\nUpdate all the same, without a backup?"
LangString DELETE_DATA ${LANG_DANISH}  "Skal klinikkens data på denne pc også slettes, sammen med alle sikkerhedskopier her? Det kan ikke fortrydes.$\r$\n$\r$\nVælg Nej for at beholde dem."
LangString DELETE_DATA ${LANG_ENGLISH} "Delete the clinic's data on this PC as well, with all backups here? This cannot be undone.$\r$\n$\r$\nChoose No to keep it."
LangString LEFT_DATA ${LANG_DANISH}  "Ikke alle data kunne slettes. Resten ligger i ${DATA}"
LangString LEFT_DATA ${LANG_ENGLISH} "Not all of the data could be deleted. The rest is in ${DATA}"
LangString KEPT_DATA ${LANG_DANISH}  "Klinikkens data er ikke slettet. De ligger i"
LangString KEPT_DATA ${LANG_ENGLISH} "The clinic's data was not deleted. It is in"

!uninstfinalize '"${SIGN}" "%1"' = 0
!finalize '"${SIGN}" "%1"' = 0

; Windows lets nobody write to the file of a program that runs.
!macro CLOSED UN
Function ${UN}Closed
  again:
  ${If} ${FileExists} "$INSTDIR\aftalebog.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\aftalebog.exe" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IS_RUNNING)" /SD IDCANCEL IDRETRY again
      SetErrorLevel ${RUNNING}
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
FunctionEnd
!macroend
!insertmacro CLOSED ""
!insertmacro CLOSED "un."

; What is installed is updated where it is, whatever /D= says: elsewhere its twin would be left behind.
Function .onInit
  ReadRegStr $0 HKCU "${ENTRY}" "InstallLocation"
  ${If} ${FileExists} "$0\aftalebog.exe"
    StrCpy $INSTDIR $0
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(OLD_WINDOWS)" /SD IDOK
    SetErrorLevel ${TOO_OLD_WINDOWS}
    Abort
  ${EndIf}
  ReadRegStr $0 HKCU "${ENTRY}" "DisplayVersion"
  ${If} $0 != ""
    ; 1: the first is newer.
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(IS_NEWER)" /SD IDNO IDYES older
      SetErrorLevel ${NEWER_INSTALLED}
      Abort
      older:
    ${EndIf}
  ${EndIf}
FunctionEnd

; By the program that is there: it knows its own file.
Function BackedUp
  ${If} ${FileExists} "$INSTDIR\aftalebog.com"
  ${AndIf} ${FileExists} "${DATA}\data\clinic.db"
    DetailPrint "$(BACKING_UP)"
    nsExec::ExecToLog '"$INSTDIR\aftalebog.com" backup'
    Pop $0
    ${If} $0 != 0
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(NOT_BACKED_UP)" /SD IDNO IDYES without
      SetErrorLevel ${NO_BACKUP}
      Abort
      without:
    ${EndIf}
  ${EndIf}
FunctionEnd

; A file is written beside the old one and then takes its place in one step, so that neither a full disk nor a power
; cut leaves half a program.
!macro LEFTOVERS
  Delete "$INSTDIR\aftalebog.exe.new"
  Delete "$INSTDIR\aftalebog.com.new"
  Delete "$INSTDIR\licences.html.new"
  Delete "$INSTDIR\aftalebog.cdx.json.new"
  Delete "$INSTDIR\uninstall.exe.new"
!macroend
!macro PUT FILE
  StrCpy $0 "$INSTDIR\${FILE}"
  Call Put
!macroend
Function Put
  again:
  ; 9: replace, and come back when it is on the disk.
  System::Call 'kernel32::MoveFileExW(w "$0.new", w r0, i 9) i .r2'
  ${If} $2 == 0
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(CANNOT_WRITE)" /SD IDCANCEL IDRETRY again
    SetErrorLevel ${NOT_WRITTEN}
    Abort
  ${EndIf}
FunctionEnd
Function .onInstFailed
  !insertmacro LEFTOVERS
FunctionEnd

Section
  Call Closed
  Call BackedUp
  !insertmacro LEFTOVERS
  ; Who has taken the shortcut away does not want it back.
  StrCpy $1 "new"
  ${If} ${FileExists} "$INSTDIR\aftalebog.exe"
  ${AndIfNot} ${FileExists} "$DESKTOP\${APP}.lnk"
    StrCpy $1 "taken away"
  ${EndIf}
  SetOutPath "$INSTDIR"
  SetOverwrite on
  File /oname=aftalebog.exe.new "${CONTENT}\aftalebog.exe"
  File /oname=aftalebog.com.new "${CONTENT}\aftalebog.com"
  File /oname=licences.html.new "${CONTENT}\licences.html"
  File /oname=aftalebog.cdx.json.new "${CONTENT}\aftalebog.cdx.json"
  ClearErrors
  StrCpy $0 "$INSTDIR\uninstall.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe.new"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(CANNOT_WRITE)" /SD IDOK
    SetErrorLevel ${NOT_WRITTEN}
    Abort
  ${EndIf}
  ; The program first: whatever else is then missing, it opens.
  !insertmacro PUT "aftalebog.exe"
  !insertmacro PUT "aftalebog.com"
  !insertmacro PUT "licences.html"
  !insertmacro PUT "aftalebog.cdx.json"
  !insertmacro PUT "uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\aftalebog.exe"
  ${If} $1 == "new"
    CreateShortcut "$DESKTOP\${APP}.lnk" "$INSTDIR\aftalebog.exe"
  ${EndIf}
  WriteRegStr   HKCU "${ENTRY}" "DisplayName" "${APP}"
  WriteRegStr   HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr   HKCU "${ENTRY}" "Publisher" "${APP}"
  WriteRegStr   HKCU "${ENTRY}" "DisplayIcon" "$INSTDIR\aftalebog.exe,0"
  WriteRegStr   HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr   HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr   HKCU "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${ENTRY}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  Call un.Closed
  !insertmacro LEFTOVERS
  Delete "$INSTDIR\aftalebog.exe"
  Delete "$INSTDIR\aftalebog.com"
  Delete "$INSTDIR\licences.html"
  Delete "$INSTDIR\aftalebog.cdx.json"
  Delete "$INSTDIR\uninstall.exe"
  ; Not with what lies in it: somebody may have put something there.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${APP}.lnk"
  Delete "$DESKTOP\${APP}.lnk"
  DeleteRegKey HKCU "${ENTRY}"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DELETEDATA" $1
  ${If} ${Errors}
    ${IfNot} ${FileExists} "${DATA}\*.*"
      Return
    ${EndIf}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DELETE_DATA)" /SD IDNO IDYES delete
    DetailPrint "$(KEPT_DATA) ${DATA}"
    Return
    delete:
  ${EndIf}
  RMDir /r "${DATA}"
  ${If} ${FileExists} "${DATA}\*.*"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(LEFT_DATA)" /SD IDOK
    SetErrorLevel ${DATA_LEFT}
  ${EndIf}
SectionEnd
