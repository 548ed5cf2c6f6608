//! Focus, menus and the driver itself, on a small app.

use std::time::Duration;

use iced::keyboard::{Key, Modifiers, key::Named};
use iced::mouse::Button;
use iced::widget::{button, center, column, container, opaque, row, scrollable, stack, text, text_input};
use iced::{Element, Fill, Point, Task, Theme};
use lucide_icons::Icon;

use aftalebog::ui::focus::{self, focus_scope, focusable, inert};
use aftalebog::ui::menu::{MenuItem, context_area, menu_layer};
use aftalebog::ui::theme;

use crate::harness::{Driven, Driver};

#[derive(Clone, Debug)]
enum Message {
    NameTyped(String),
    Pressed(&'static str),
    Opened(usize),
    OpenedAt(&'static str),
    ClosedAt(&'static str),
    Closed,
    MenuOpened(String, Point),
    MenuClosed,
    Moved(usize, i32),
    Sent(&'static str),
    Answered(String),
    FieldAsked(&'static str),
    Switched(bool),
    Turned(&'static str),
    Listened,
}

#[derive(Default)]
struct Sample {
    name: String,
    /// What was done, in order.
    done: Vec<String>,
    /// How many dialogs lie above each other.
    dialogs: usize,
    menu: Option<(String, Point)>,
    rows: usize,
    locked: bool,
    buttons_in_rows: bool,
    waiting: bool,
    page: &'static str,
    dark: bool,
}

impl Sample {
    fn with_rows(rows: usize) -> Driver<Self> {
        let mut driver = Driver::new(Self { rows, ..Self::default() });
        driver.resize(640.0, 480.0);
        driver
    }

    fn base(&self) -> Element<'_, Message> {
        let top = row![
            text_input("Navn", &self.name)
                .id("name")
                .width(200)
                .on_input(Message::NameTyped)
                .on_submit(Message::Pressed("submit"))
                .style(theme::field(theme::Standing::Good)),
            control("Gem", Some(Message::Pressed("save"))),
            control("Slet", (!self.locked).then_some(Message::Pressed("delete"))),
            control("Åbn", Some(Message::Opened(1))),
        ]
        .spacing(theme::space::S);
        let rows = column((0..self.rows).map(|index| {
            let name = format!("Række {index}");
            let inner = context_area(text(name.clone()), {
                let name = name.clone();
                move |at| Message::MenuOpened(name.clone(), at)
            });
            let button = self.buttons_in_rows.then(|| control("Vis", Some(Message::Pressed("show"))));
            focusable(container(row![inner, button]).width(Fill).height(theme::CONTROL))
                .id(format!("row-{index}"))
                .on_key(move |key, modifiers| match key {
                    Key::Named(Named::ArrowUp) if modifiers.alt() => Some(Message::Moved(index, -1)),
                    _ => None,
                })
                .into()
        }));
        let list = context_area(scrollable(rows).width(Fill).height(Fill).style(theme::scroll), |at| {
            Message::MenuOpened("list".into(), at)
        });
        focus_scope(column![top, list].spacing(theme::space::M).padding(theme::space::L))
            .on_escape(Message::Pressed("escape"))
            .into()
    }

    fn dialog(&self, level: usize) -> Element<'_, Message> {
        let content = column![
            text(format!("Dialog {level}")),
            text_input("Felt", &self.name)
                .id(format!("field-{level}"))
                .width(200)
                .on_input(Message::NameTyped)
                .on_submit(Message::Pressed("submit"))
                .style(theme::field(theme::Standing::Good)),
            control("Mere", Some(Message::Opened(level + 1))),
            control("OK", Some(Message::Pressed("ok"))),
        ]
        .spacing(theme::space::S);
        let panel = container(content).padding(theme::space::L).style(theme::raised);
        let scope = focus_scope(panel).id(self.page).on_escape(Message::Closed).on_enter(Message::Pressed("enter"));
        let scope = if self.page == "on ok" { scope.autofocus_on("OK") } else { scope.autofocus() };
        opaque(center(opaque(scope)).style(theme::dimmed))
    }
}

fn control(label: &'static str, message: Option<Message>) -> Element<'static, Message> {
    let button = button(text(label)).style(theme::secondary).on_press_maybe(message.clone());
    let control = focusable(button).id(label).enabled(message.is_some());
    match message {
        Some(message) => control.on_activate(message).into(),
        None => control.into(),
    }
}

impl Driven for Sample {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        let above = |level: usize| self.dialogs > level || self.menu.is_some() || self.waiting;
        let mut layers = stack![container(inert(above(0), self.base())).style(theme::background)];
        for level in 1..=self.dialogs {
            layers = layers.push(inert(above(level), self.dialog(level)));
        }
        if self.waiting {
            layers = layers.push(opaque(center(text("Gemmer …"))));
        }
        if let Some((_, at)) = &self.menu {
            let items = vec![
                MenuItem::maybe("Klip", None),
                MenuItem::new("Kopier", Message::Pressed("copy")).icon(Icon::Copy).shortcut("Ctrl+C"),
                MenuItem::Separator,
                MenuItem::new("Omdøb", Message::Pressed("rename")),
                MenuItem::new("Slet rækken", Message::Pressed("remove")).icon(Icon::Trash2).danger(),
            ];
            layers = layers.push(menu_layer(*at, items, Message::MenuClosed));
        }
        layers.into()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::NameTyped(name) => self.name = name,
            Message::Pressed(what) => {
                self.done.push(what.to_owned());
                self.menu = None;
            }
            Message::Opened(level) => self.dialogs = level,
            Message::OpenedAt(id) => {
                self.dialogs += 1;
                return focus::set(id);
            }
            Message::ClosedAt(id) => {
                self.dialogs -= 1;
                return focus::set(id);
            }
            Message::Closed => self.dialogs -= 1,
            Message::MenuOpened(name, at) => self.menu = Some((name, at)),
            Message::MenuClosed => self.menu = None,
            Message::Moved(index, by) => {
                self.done.push(format!("{index} {by}"));
                return focus::set(format!("row-{}", index as i32 + by));
            }
            Message::Sent(word) => {
                // As the store does: asked here, answered by another thread.
                let (answer, answered) = tokio::sync::oneshot::channel();
                drop(std::thread::spawn(move || {
                    std::thread::sleep(Duration::from_millis(30));
                    answer.send(word.to_uppercase())
                }));
                return Task::perform(answered, |word| Message::Answered(word.expect("the thread answers")));
            }
            Message::Answered(word) => self.done.push(word),
            Message::FieldAsked(id) => return focus::set(id),
            Message::Turned(page) => self.page = page,
            Message::Listened => return Task::future(std::future::pending()),
            Message::Switched(locked) => self.locked = locked,
        }
        Task::none()
    }

    fn theme(&self) -> Theme {
        if self.dark { theme::dark() } else { theme::light() }
    }
}

/// Which controls Tab comes to.
fn tabbed(driver: &mut Driver<Sample>, times: usize) -> Vec<String> {
    (0..times)
        .map(|_| {
            driver.tap(Named::Tab);
            driver.focused().expect("Tab always comes to a control")
        })
        .collect()
}

// -------------------------------------------------------------------- focus

#[test]
fn tab_goes_round_in_the_order_of_reading() {
    let mut driver = Sample::with_rows(1);
    assert_eq!(driver.focused(), None);
    assert_eq!(tabbed(&mut driver, 6), ["name", "Gem", "Slet", "Åbn", "row-0", "name"]);
    driver.key(Named::Tab, Modifiers::SHIFT);
    assert_eq!(driver.focused().as_deref(), Some("row-0"));
    driver.key(Named::Tab, Modifiers::CTRL);
    assert_eq!(driver.focused().as_deref(), Some("row-0"));
}

#[test]
fn tab_does_not_stop_at_a_disabled_control() {
    let mut driver = Sample::with_rows(0);
    driver.send(Message::FieldAsked("Slet"));
    assert_eq!(driver.focused().as_deref(), Some("Slet"));
    driver.send(Message::Switched(true));
    assert_eq!(driver.focused(), None);
    assert_eq!(tabbed(&mut driver, 4), ["name", "Gem", "Åbn", "name"]);
    driver.send(Message::FieldAsked("Slet"));
    driver.send(Message::Switched(false));
    driver.send(Message::FieldAsked("Slet"));
    driver.send(Message::Switched(true));
    driver.send(Message::Switched(false));
    assert_eq!(driver.focused(), None, "what wakes up again does not take the focus");
}

#[test]
fn tab_stays_inside_a_dialog() {
    let mut driver = Sample::with_rows(1);
    driver.click("Åbn");
    assert_eq!(driver.focused().as_deref(), Some("field-1"));
    assert_eq!(tabbed(&mut driver, 3), ["Mere", "OK", "field-1"]);
}

#[test]
fn space_and_enter_do_what_a_control_does_but_only_once_while_held() {
    let mut driver = Sample::with_rows(0);
    driver.send(Message::FieldAsked("Gem"));
    driver.tap(Named::Space);
    driver.repeat(Named::Space);
    driver.tap(Named::Enter);
    driver.repeat(Named::Enter);
    driver.type_text(" ");
    assert_eq!(driver.app.done, ["save", "save", "save"]);
}

#[test]
fn escape_closes_a_dialog_from_a_text_field_too() {
    let mut driver = Sample::with_rows(0);
    driver.click("Åbn");
    assert_eq!(driver.focused().as_deref(), Some("field-1"));
    driver.tap(Named::Escape);
    assert_eq!(driver.app.dialogs, 0);
}

#[test]
fn enter_is_ok_except_on_a_control_of_its_own() {
    let mut driver = Sample::with_rows(0);
    driver.click("Åbn");
    driver.tap(Named::Enter);
    assert_eq!(driver.app.done, ["enter"]);
    driver.repeat(Named::Enter);
    assert_eq!(driver.app.done, ["enter"]);
    driver.send(Message::FieldAsked("OK"));
    driver.tap(Named::Enter);
    assert_eq!(driver.app.done, ["enter", "ok"]);
    driver.click("Dialog 1");
    assert_eq!(driver.focused(), None);
    driver.tap(Named::Enter);
    assert_eq!(driver.app.done, ["enter", "ok", "enter"]);
}

#[test]
fn enter_in_a_field_of_the_base_is_the_fields_own() {
    let mut driver = Sample::with_rows(0);
    driver.click_id("name");
    driver.tap(Named::Enter);
    assert_eq!(driver.app.done, ["submit"]);
}

#[test]
fn the_focus_returns_when_nested_dialogs_close() {
    let mut driver = Sample::with_rows(0);
    driver.send(Message::FieldAsked("Åbn"));
    driver.tap(Named::Enter);
    assert_eq!(driver.focused().as_deref(), Some("field-1"));
    driver.tap(Named::Tab);
    driver.tap(Named::Space);
    assert_eq!(driver.app.dialogs, 2);
    assert_eq!(driver.focused().as_deref(), Some("field-2"));
    driver.tap(Named::Escape);
    assert_eq!(driver.focused().as_deref(), Some("Mere"));
    driver.tap(Named::Escape);
    assert_eq!(driver.focused().as_deref(), Some("Åbn"));
    driver.picture("focus-returned-with-its-ring");
}

#[test]
fn a_control_that_took_the_focus_meanwhile_keeps_it() {
    let mut driver = Sample::with_rows(0);
    driver.send(Message::FieldAsked("Åbn"));
    driver.send(Message::Opened(1));
    driver.send(Message::ClosedAt("Gem"));
    assert_eq!(driver.focused().as_deref(), Some("Gem"));
    // Nor is the one before remembered for the next time.
    driver.click_at(Point::new(300.0, 300.0));
    assert_eq!(driver.focused(), None);
    driver.send(Message::Opened(1));
    driver.send(Message::Closed);
    assert_eq!(driver.focused(), None);
}

#[test]
fn a_dialog_opens_where_the_program_says() {
    let mut driver = Sample::with_rows(0);
    driver.send(Message::OpenedAt("OK"));
    assert_eq!(driver.focused().as_deref(), Some("OK"));
}

#[test]
fn a_dialog_begins_where_it_says_and_one_in_its_place_begins_afresh() {
    let mut driver = Sample::with_rows(0);
    driver.send(Message::Turned("on ok"));
    driver.send(Message::Opened(1));
    assert_eq!(driver.focused().as_deref(), Some("OK"));
    driver.send(Message::Turned("another"));
    assert_eq!(driver.focused().as_deref(), Some("field-1"));
}

#[test]
fn the_wheel_does_not_scroll_what_lies_under_a_dialog() {
    let mut driver = Sample::with_rows(60);
    driver.move_to(Point::new(100.0, 400.0));
    driver.send(Message::Opened(1));
    driver.scroll(500.0);
    driver.send(Message::Closed);
    assert!(driver.sees("Række 0"));
    driver.scroll(500.0);
    assert!(!driver.sees("Række 0"));
}

#[test]
fn no_key_reaches_what_lies_under_a_layer_without_keys() {
    let mut driver = Sample::with_rows(0);
    driver.send(Message::FieldAsked("Gem"));
    driver.app.waiting = true;
    driver.tap(Named::Space);
    driver.tap(Named::Tab);
    driver.tap(Named::Escape);
    assert!(driver.app.done.is_empty(), "{:?}", driver.app.done);
    driver.app.waiting = false;
    driver.tap(Named::Escape);
    driver.tap(Named::Space);
    assert_eq!(driver.app.done, ["escape", "save"]);
}

#[test]
fn a_press_ends_though_a_dialog_opened_meanwhile() {
    let mut driver = Sample::with_rows(0);
    driver.app.name = "Karen".into();
    let field = driver.bounds_of_id("name");
    driver.move_to(Point::new(field.x + 2.0, field.center_y()));
    driver.press(Button::Left);
    driver.send(Message::Opened(1));
    driver.release(Button::Left);
    driver.send(Message::Closed);
    assert_eq!(driver.focused().as_deref(), Some("name"));
    driver.move_to(Point::new(field.x + 20.0, field.center_y()));
    driver.type_text("x");
    assert_eq!(driver.app.name, "Karenx");
}

#[test]
fn a_button_in_a_row_takes_the_focus_from_the_row() {
    let mut driver = Sample::with_rows(1);
    driver.app.buttons_in_rows = true;
    driver.click("Vis");
    assert_eq!(driver.focused().as_deref(), Some("Vis"));
    assert_eq!(driver.app.done, ["show"]);
    driver.click("Række 0");
    assert_eq!(driver.focused().as_deref(), Some("row-0"));
}

#[test]
fn a_deleted_control_leaves_the_focus_to_what_stands_in_its_place() {
    let mut driver = Sample::with_rows(3);
    driver.send(Message::FieldAsked("row-2"));
    driver.send(Message::Opened(1));
    driver.app.rows = 2;
    driver.send(Message::Closed);
    assert_eq!(driver.focused().as_deref(), Some("row-1"));
}

#[test]
fn a_ring_shows_the_focus_only_once_the_keyboard_is_used() {
    let mut driver = Sample::with_rows(0);
    driver.click("Gem");
    assert_eq!(driver.focused().as_deref(), Some("Gem"));
    driver.move_to(Point::new(300.0, 300.0));
    driver.picture("focus-by-mouse");
    driver.tap(Named::Tab);
    driver.key(Named::Tab, Modifiers::SHIFT);
    driver.picture("focus-by-keyboard");
}

#[test]
fn a_press_moves_the_focus_and_typing_follows_it() {
    let mut driver = Sample::with_rows(1);
    driver.click_id("name");
    driver.type_text("Ærø å");
    assert_eq!(driver.app.name, "Ærø å");
    driver.click("Gem");
    assert_eq!(driver.focused().as_deref(), Some("Gem"));
    driver.type_text("x");
    assert_eq!(driver.app.name, "Ærø å");
    // The right button too: a text field alone would keep the focus.
    driver.click_id("name");
    driver.right_click("Række 0");
    driver.tap(Named::Escape);
    assert_eq!(driver.focused().as_deref(), Some("row-0"));
}

#[test]
fn tab_selects_the_text_of_a_field_and_a_click_sets_the_caret() {
    let mut driver = Sample::with_rows(0);
    driver.app.name = "Karen Mikkelsen".into();
    driver.tap(Named::Tab);
    driver.type_text("Jens");
    assert_eq!(driver.app.name, "Jens");
    let field = driver.bounds_of_id("name");
    driver.click_at(Point::new(field.x + 6.0, field.center_y()));
    driver.type_text("x");
    assert_eq!(driver.app.name, "xJens");
    driver.click_at(Point::new(field.x + field.width - 6.0, field.center_y()));
    driver.type_text("y");
    assert_eq!(driver.app.name, "xJensy");
    driver.clear();
    assert_eq!(driver.app.name, "");
}

#[test]
fn the_control_with_the_focus_scrolls_into_view() {
    let mut driver = Sample::with_rows(60);
    assert!(!driver.sees("Række 40"));
    driver.send(Message::FieldAsked("row-40"));
    assert!(driver.sees("Række 40") && !driver.sees("Række 0"));
    let row = driver.bounds_of_id("row-40");
    assert_eq!(row.height, theme::CONTROL);
    assert!(row.y + row.height + 4.0 <= 480.0 - theme::space::L, "its ring is in view too: {row:?}");
    driver.picture("focus-in-a-scrolled-list");
    for _ in 0..30 {
        driver.key(Named::Tab, Modifiers::SHIFT);
    }
    assert_eq!(driver.focused().as_deref(), Some("row-10"));
    assert_eq!(driver.bounds_of_id("row-10").height, theme::CONTROL);
    assert_eq!(tabbed(&mut driver, 50).last().map(String::as_str), Some("name"));
}

#[test]
fn keys_of_its_own_move_a_row_and_the_focus_with_it() {
    let mut driver = Sample::with_rows(3);
    driver.click("Række 2");
    driver.key(Named::ArrowUp, Modifiers::ALT);
    driver.key(Named::ArrowUp, Modifiers::ALT);
    assert_eq!(driver.app.done, ["2 -1", "1 -1"]);
    assert_eq!(driver.focused().as_deref(), Some("row-0"));
    driver.send(Message::FieldAsked("no-such-control"));
    assert_eq!(driver.focused().as_deref(), Some("row-0"));
}

// --------------------------------------------------------------------- menus

#[test]
fn a_menu_opens_at_the_pointer_and_keys_choose_in_it() {
    let mut driver = Sample::with_rows(3);
    let at = driver.bounds_of("Række 1").center();
    driver.right_click("Række 1");
    assert_eq!(driver.app.menu, Some(("Række 1".into(), at)));
    assert_eq!(driver.focused().as_deref(), Some("Kopier"), "what is greyed is passed over");
    driver.picture("menu");
    for (key, label) in [
        (Named::ArrowDown, "Omdøb"),
        (Named::ArrowDown, "Slet rækken"),
        (Named::ArrowDown, "Kopier"),
        (Named::ArrowUp, "Slet rækken"),
        (Named::Home, "Kopier"),
        (Named::End, "Slet rækken"),
    ] {
        driver.tap(key);
        assert_eq!(driver.focused().as_deref(), Some(label));
    }
    driver.tap(Named::Enter);
    assert_eq!(driver.app.done, ["remove"]);
    assert_eq!(driver.focused().as_deref(), Some("row-1"));
}

#[test]
fn a_menu_is_clicked_and_a_click_outside_only_closes_it() {
    let mut driver = Sample::with_rows(3);
    driver.right_click("Række 0");
    driver.click("Omdøb");
    assert_eq!(driver.app.done, ["rename"]);
    for button in [Button::Left, Button::Right, Button::Middle] {
        driver.right_click("Række 0");
        driver.move_to(Point::new(260.0, 30.0));
        driver.press(button);
        driver.release(button);
        assert_eq!(driver.app.menu, None);
    }
    // A greyed line and the edge of the menu are not outside.
    driver.right_click("Række 0");
    driver.click("Klip");
    assert!(driver.app.menu.is_some());
    driver.tap(Named::Escape);
    assert_eq!(driver.app.menu, None);
    assert_eq!(driver.app.done, ["rename"], "the buttons below were not pressed");
    assert_eq!(driver.focused().as_deref(), Some("row-0"));
}

#[test]
fn a_menu_opens_by_keyboard_below_the_control() {
    let mut driver = Sample::with_rows(60);
    driver.send(Message::FieldAsked("row-40"));
    let row = driver.bounds_of_id("row-40");
    let below = Point::new(row.x + theme::space::S, row.y + row.height);
    for (key, modifiers) in [(Named::ContextMenu, Modifiers::empty()), (Named::F10, Modifiers::SHIFT)] {
        driver.key(key, modifiers);
        let (name, at) = driver.app.menu.clone().expect("a menu opened");
        assert_eq!(name, "list");
        assert!(at.distance(below) < 0.1, "{at:?} is not {below:?}");
        driver.tap(Named::Escape);
        assert_eq!(driver.focused().as_deref(), Some("row-40"));
    }
    driver.tap(Named::F10);
    assert_eq!(driver.app.menu, None);
}

#[test]
fn a_menu_in_a_scrolled_list_opens_at_the_pointer() {
    let mut driver = Sample::with_rows(60);
    driver.move_to(Point::new(100.0, 200.0));
    driver.scroll(500.0);
    let at = driver.bounds_of("Række 20").center();
    driver.right_click("Række 20");
    let (name, opened) = driver.app.menu.clone().expect("a menu opened");
    assert_eq!(name, "Række 20");
    assert!(opened.distance(at) < 0.1, "{opened:?} is not {at:?}");
}

#[test]
fn the_inner_of_two_areas_answers() {
    let mut driver = Sample::with_rows(1);
    driver.right_click("Række 0");
    assert_eq!(driver.app.menu.as_ref().map(|(name, _)| name.as_str()), Some("Række 0"));
    driver.tap(Named::Escape);
    driver.right_click_at(Point::new(300.0, 300.0));
    assert_eq!(driver.app.menu.as_ref().map(|(name, _)| name.as_str()), Some("list"));
}

#[test]
fn a_menu_stays_inside_the_window() {
    let mut driver = Sample::with_rows(0);
    for corner in [Point::new(635.0, 475.0), Point::new(2.0, 475.0), Point::new(635.0, 2.0)] {
        driver.send(Message::MenuOpened("corner".into(), corner));
        for label in ["Klip", "Slet rækken", "Ctrl+C"] {
            let bounds = driver.bounds_of(label);
            assert!(bounds.x + bounds.width <= 640.0 && bounds.y + bounds.height <= 480.0, "{label}: {bounds:?}");
        }
        let opens_up = driver.bounds_of("Slet rækken").y < corner.y;
        assert_eq!(opens_up, corner.y > 400.0);
        driver.send(Message::MenuClosed);
    }
}

#[test]
fn a_menu_in_the_dark() {
    let mut driver = Sample::with_rows(3);
    driver.app.dark = true;
    driver.right_click("Række 1");
    driver.tap(Named::End);
    driver.picture("menu-dark");
}

// ---------------------------------------------------------------- the driver

#[test]
fn a_task_that_another_thread_answers_comes_to_its_end() {
    let mut driver = Sample::with_rows(0);
    driver.send(Message::Sent("første"));
    assert_eq!(driver.app.done, ["FØRSTE"]);
}

#[test]
#[should_panic(expected = "these tasks are not at their end:\n  what follows from Listened")]
fn a_task_without_end_is_named_instead_of_waited_for() {
    let mut driver = Sample::with_rows(0);
    driver.waits_at_most(Duration::from_millis(50));
    driver.send(Message::Listened);
}

#[test]
fn a_task_that_may_go_on_is_not_waited_for() {
    let mut driver = Sample::with_rows(0);
    driver.waits_at_most(Duration::from_secs(5));
    driver.does_not_wait_for("Sent");
    driver.send(Message::Sent("senere"));
    assert!(driver.app.done.is_empty());
    driver.wait_until("the answer is there", |driver| driver.app.done == ["SENERE"]);
}

#[test]
fn texts_stand_in_reading_order_and_only_what_is_in_view() {
    let mut driver = Sample::with_rows(60);
    let texts = driver.texts();
    assert_eq!(texts[..6], ["Navn", "Gem", "Slet", "Åbn", "Række 0", "Række 1"]);
    assert!(driver.sees_part("Række 1") && !driver.sees("Række"));
    assert!(!driver.sees("Række 50"));
    driver.click("Åbn");
    assert!(!driver.sees("Række 0"), "what lies inert under a dialog cannot be used");
    assert!(driver.sees("Dialog 1"));
}

#[test]
#[should_panic(expected = "«Gemme» is not in view; on screen:\nNavn\nGem\nSlet\nÅbn")]
fn what_is_not_in_view_is_told_with_what_is() {
    Sample::with_rows(0).click("Gemme");
}

#[test]
fn what_is_dragged_passes_all_points_between() {
    let mut driver = Sample::with_rows(0);
    driver.app.name = "Karen".into();
    let field = driver.bounds_of_id("name");
    driver.drag(Point::new(field.x + 2.0, field.center_y()), Point::new(field.x + 190.0, field.center_y()));
    driver.chord('c', Modifiers::CTRL);
    assert_eq!(driver.clipboard.0.as_deref(), Some("Karen"));
    driver.type_text("x");
    assert_eq!(driver.app.name, "x");
    driver.app.name = "Karen Mikkelsen".into();
    driver.double_click("Karen Mikkelsen");
    driver.chord('c', Modifiers::CTRL);
    assert_eq!(driver.clipboard.0.as_deref(), Some("Mikkelsen"));
}
