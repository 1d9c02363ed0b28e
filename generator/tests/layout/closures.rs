fn on_one_line() {
    self.pages().items(|page| page.data)
}

fn in_a_block() {
    self.pages().items(|page| {
        page.a_list_of_items_with_a_name_that_is_long
            .unwrap_or_default_of_list()
    })
}

fn a_field_is_no_block() {
    self.pages()
        .items(|page| page.a_list_of_items_with_a_name_that_is_long_enough_to_fill_a_line)
}
