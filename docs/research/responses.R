# Reads the answers that the controller exported by the command line (docs/command-line.md, export-responses) and makes the
# scores of each view of each school round again, as a report has them where nothing is withheld (the mean of a view's raters
# on an aspect). Only R itself is needed, version 4 or newer.
#
#   Rscript responses.R answers.csv scores.csv

# `score` is empty or NA where an aspect was not judged; texts may hold quotes, commas and line ends.
read_responses <- function(file) {
  answers <- read.csv(file, colClasses = "character", na.strings = c("", "NA"), encoding = "UTF-8")
  answers$score <- as.integer(answers$score)
  answers$unclear <- answers$unclear == "1"
  stopifnot(all(answers$status %in% c("J", "C", "M")), all(is.na(answers$score) == (answers$status != "J")))
  answers
}

# A row a school round, ratee, role and aspect: how many judged it, how many could not, and the mean.
scores_of <- function(answers) {
  by <- answers[c("cohort", "school", "round", "ratee", "role", "aspect")]
  counted <- aggregate(
    list(judged = answers$status == "J", cannot_judge = answers$status == "C", unclear = answers$unclear), by, sum
  )
  judged <- answers$status == "J"
  means <- aggregate(list(score = answers$score[judged]), by[judged, ], mean)
  merge(counted, means, all.x = TRUE)
}

main <- function(arguments) {
  if (length(arguments) != 2) stop("use: Rscript responses.R answers.csv scores.csv", call. = FALSE)
  answers <- read_responses(arguments[1])
  write.csv(scores_of(answers), arguments[2], row.names = FALSE, na = "")
  cat(nrow(answers), "answers of", length(unique(answers$rater)), "raters\n")
}

if (sys.nframe() == 0) main(commandArgs(trailingOnly = TRUE))
