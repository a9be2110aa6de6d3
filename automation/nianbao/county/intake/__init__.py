"""What came in: forms, reports, archives, mails; found, and each read and checked."""
