//! The first step's error message: pasted, dropped, or found in a log of the project.

use super::person::Person;
use super::project::Project;

#[test]
fn an_error_in_a_log_of_the_project_is_offered_and_explained_with_one_press() {
    let project = Project::new();
    project.write("logs/app.log", "start\nOSError: [Errno 28] inotify watch limit reached\nend\n");
    let mut person = Person::at_the_window();
    person.type_folder(project.path());
    person.waits_until("the survey is taken", |person| person.harness.state().state().facts.ready().is_some());
    assert!(person.sees_part("logs/app.log, last written"), "the log is named");
    assert!(!person.sees_part("your account had none left"), "nothing is explained unasked");
    person.press_link("Explain the error in logs/app.log");
    assert!(person.sees_part("your account had none left"), "the line is explained");
    let field = person.harness.state().state().project.error.clone();
    assert_eq!(field, "OSError: [Errno 28] inotify watch limit reached", "and stands in the field");
    assert!(!person.sees_part("Explain the error in"), "it is not offered again");
}
