//! Who reads and writes what, cell by cell. The source is the table of `ARCHITECTURE.md`,
//! *Documents*, not the code: where the two differ, one of them is wrong.

use crate::support::{ANN, BEN, OTHER, PERSON, member, november, plain};
use kith_shared::{
    documents::DocumentId,
    domain::team::Role,
    ids::PersonId,
    policy::{may_read, may_write},
};

/// The documents of a person, and the one of the team that everyone has.
fn documents(of: PersonId) -> [DocumentId; 9] {
    [
        DocumentId::Team,
        DocumentId::circle(of),
        DocumentId::rota(of, november()),
        DocumentId::visits(of, november()),
        DocumentId::notes(of, november()),
        DocumentId::team_notes(of, november()),
        DocumentId::profile(of),
        // Of the member whose rights are compared, and of another.
        DocumentId::availability(ANN),
        DocumentId::availability(BEN),
    ]
}

/// Compares the rights of all roles in the documents of `of` with a table: `r` reads, `w` writes.
fn check(of: PersonId, expected: &str) {
    let roles = [
        Role::Pa,
        Role::Person(PERSON),
        Role::AuthorisedPerson(PERSON),
        Role::FamilyContact(PERSON),
        Role::Manager,
    ];
    let mut actual = vec!["document | PA | person | authorised | family | manager".to_owned()];
    for document in documents(of) {
        let name = document.to_string();
        let mut row = vec![name.split('/').next().unwrap().to_owned()];
        for role in roles {
            let letter = |may, letter| if may { letter } else { '-' };
            let read = letter(may_read(role, document), 'r');
            row.push(
                [read, letter(may_write(&member(ANN, role), document), 'w')]
                    .iter()
                    .collect(),
            );
        }
        actual.push(row.join(" | "));
    }
    let squeezed = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let expected: Vec<_> = plain(expected).lines().map(squeezed).collect();
    assert_eq!(actual.join("\n"), expected.join("\n"));
}

#[test]
fn in_the_documents_of_their_own_person() {
    check(
        PERSON,
        "
        document   | PA | person | authorised | family | manager
        team       | r- | r-     | r-         | --     | r-
        circle     | r- | r-     | r-         | r-     | r-
        rota       | rw | rw     | rw         | --     | r-
        visits     | rw | r-     | r-         | --     | r-
        notes      | rw | rw     | r-         | r-     | r-
        team-notes | rw | r-     | r-         | --     | r-
        profile    | r- | rw     | rw         | --     | r-
        availability | rw | --   | --         | --     | r-
        availability | r- | --   | --         | --     | r-
        ",
    );
}

/// PAs and managers are bound to no person; everyone else sees nothing of another's life.
#[test]
fn in_the_documents_of_another_person() {
    check(
        OTHER,
        "
        document   | PA | person | authorised | family | manager
        team       | r- | r-     | r-         | --     | r-
        circle     | r- | --     | --         | --     | r-
        rota       | rw | --     | --         | --     | r-
        visits     | rw | --     | --         | --     | r-
        notes      | rw | --     | --         | --     | r-
        team-notes | rw | --     | --         | --     | r-
        profile    | r- | --     | --         | --     | r-
        availability | rw | --   | --         | --     | r-
        availability | r- | --   | --         | --     | r-
        ",
    );
}
