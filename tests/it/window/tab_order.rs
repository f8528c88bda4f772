//! The keyboard alone: Tab reaches everything, in the order in which it is read, and it is seen where it is.

use super::project::Project;
use crate::support::atspi::{Buses, Role, State, Thing};
use crate::support::screen_reader::{APART, ScreenReader};
use crate::support::xvfb::{Display, Picture};
use zbus::zvariant::OwnedObjectPath;

#[test]
fn tab_reaches_every_control_in_reading_order_and_shows_where_it_is() {
    let (display, buses, project) = (Display::start(), Buses::start(), Project::new());
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut reader = ScreenReader::open_through(&APART, &display, &buses, home.path(), "en_US.UTF-8");
    reader.types("Project folder", project.path().to_str().expect("a plain path"));
    reader.program.presses("Return");
    reader.waits_for(Role::ComboBox, "Python");
    for (step, on_the_page, at_the_bottom) in [
        ("Project", "Entry Project folder", "PushButton Next"),
        ("Diagnosis", "PushButton Details", "PushButton Back"),
        ("Fix", "ToggleButton Stop Streamlit watching files", "PushButton Back"),
        ("Verify", "PushButton Run checks", "PushButton Back"),
    ] {
        reader.press(Role::PageTab, step);
        reader.waits_until(&format!("{step} is there"), |reader| {
            reader.controls().iter().any(|control| told(control) == on_the_page)
        });
        let controls: Vec<String> = reader.controls().iter().map(told).collect();
        let place = |name: &str| controls.iter().position(|control| control == name);
        let order = ["PushButton Export report…", "PageTab Project", "PageTab Verify", on_the_page, at_the_bottom];
        let order = order.map(|name| place(name).expect(name));
        assert!(order.is_sorted(), "{step}: top bar, list of steps, page, bottom bar: {controls:?}");
        let controls: Vec<_> = reader.controls().into_iter().map(|control| control.path).collect();
        assert_eq!(tabbed(&mut reader, 0), controls, "{step}: Tab goes in the order of reading");
    }
    reader.press(Role::PushButton, "Export report…");
    reader
        .waits_until("the report is there to be saved", |reader| reader.is(Role::PushButton, "Save", State::Sensitive));
    let controls: Vec<String> = reader.controls().iter().map(told).collect();
    let first = controls.iter().position(|control| control == "ComboBox Format").expect("the dialog can be used");
    let controls: Vec<_> = reader.controls().into_iter().skip(first).map(|control| control.path).collect();
    assert_eq!(tabbed(&mut reader, first), controls, "Tab stays in the dialog");
}

fn told(thing: &Thing) -> String {
    format!("{:?} {}", thing.role, thing.name)
}

/// Presses Tab from this control until it has the keyboard again; what was reached. Each is seen to have it.
fn tabbed(reader: &mut ScreenReader<'_>, first: usize) -> Vec<OwnedObjectPath> {
    let first = reader.controls().into_iter().nth(first).expect("there are controls");
    reader.focus(first.role, &first.name);
    let (mut reached, mut here) = (vec![first.path.clone()], first.clone());
    loop {
        let before = reader.display.look();
        let next = next_focus(reader, &here);
        if next.path == first.path {
            return reached;
        }
        reader.waits_until(&format!("it is seen that {} has the keyboard", told(&next)), |reader| {
            let now = reader.display.look();
            reader.place(&next).is_some_and(|place| differs(&before, &now, place))
        });
        reached.push(next.path.clone());
        assert!(reached.len() < 200, "Tab comes back to the first control: {reached:?}");
        here = next;
    }
}

/// Presses Tab; the control that has the keyboard then. From the last one it comes back to the first.
fn next_focus(reader: &mut ScreenReader<'_>, here: &Thing) -> Thing {
    reader.program.presses("Tab");
    let mut next = None;
    reader.waits_until("Tab leads on", |reader| {
        next = reader.focused().filter(|next| next.path != here.path);
        next.is_some()
    });
    next.expect("just seen")
}

/// Whether the pictures differ by more than a few points in and closely around this place.
fn differs(one: &Picture, other: &Picture, (left, top, width, height): (i32, i32, i32, i32)) -> bool {
    const AROUND: i32 = 5;
    let range = |from: i32, length: i32, end: usize| {
        let clip = |at: i32| usize::try_from(at.max(0)).unwrap_or_default().min(end);
        clip(from - AROUND)..clip(from + length + AROUND)
    };
    let rows = range(top, height, Display::SIZE.1);
    let columns = range(left, width, Display::SIZE.0);
    let points = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
    points.filter(|(x, y)| one.pixel(*x, *y) != other.pixel(*x, *y)).count() > 20
}
