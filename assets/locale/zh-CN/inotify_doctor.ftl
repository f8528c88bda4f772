program-name = Inotify Doctor

## Diagnosis: verdict, findings, recommendation, what an error text means


## Report


## Command line


## Window: frame


## Window: step Project


## Window: step Diagnosis


## Window: steps Fix and Verify

