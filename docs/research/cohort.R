# Reads the figures of a cohort as Drieluik gives them (docs/research/README.md) and makes three figures of the dashboard again:
# the means of the views with their intervals, the heat map of aspects by view, and the list of aspects that need attention.
# Only R itself is needed, version 4 or newer.
#
#   Rscript cohort.R figures.csv out [T0] [schools.csv]
#
# Writes means.csv, heatmap.csv, clarity.csv and figures.pdf to the folder `out`. Without a round it takes the last one of the
# file. With schools.csv it also computes the means of the competencies from the schools again, and says how far they are off.

VIEWS <- c("director", "ib", "teacher")
# Colour is never alone: each view has a mark of its own too.
MARKS <- c(director = 15, ib = 18, teacher = 16)
COLOURS <- c(director = "#23458f", ib = "#9a5a00", teacher = "#0c7f78")

# Everything is read as text first, so that a code such as 01 stays what it is.
read_table <- function(file, numbers) {
  table <- read.csv(file, colClasses = "character", na.strings = "", encoding = "UTF-8", check.names = FALSE)
  missing <- setdiff(numbers, names(table))
  if (length(missing) > 0) stop(file, " has no column ", paste(missing, collapse = ", "), call. = FALSE)
  table[numbers] <- lapply(table[numbers], as.numeric)
  table
}

read_figures <- function(file) read_table(file, c("value", "low", "high", "n", "schools", "flagged"))
read_schools <- function(file) read_table(file, "score")

# Figure 1: a row a competency and view, as the dashboard's means.
means_of <- function(figures) {
  rows <- figures[figures$level == "competency" & figures$figure == "mean", ]
  rows[c("competency", "view", "value", "low", "high", "n", "schools", "reason")]
}

# Figure 2: a row an aspect, a column a view; NA is withheld.
heatmap_of <- function(figures) {
  rows <- figures[figures$level == "aspect" & figures$figure == "mean", ]
  aspects <- unique(rows$aspect)
  cells <- sapply(VIEWS, function(view) {
    own <- rows[rows$view == view, ]
    own$value[match(aspects, own$aspect)]
  })
  data.frame(aspect = aspects, matrix(cells, ncol = length(VIEWS), dimnames = list(NULL, VIEWS)))
}

# Figure 3: the aspects above a limit of the clarity list, and why they are on it.
clarity_of <- function(figures) {
  rows <- figures[!is.na(figures$flagged) & figures$flagged == 1, ]
  rows[c("aspect", "figure", "view", "value", "n", "schools")]
}

# The means and 95 % intervals once more, from the schools' own values (one decimal each). No interval below five schools.
means_of_schools <- function(schools) {
  rows <- schools[schools$level == "competency" & !is.na(schools$score), ]
  groups <- split(rows, list(rows$competency, rows$view), drop = TRUE)
  one <- function(group) {
    scores <- group$score
    half <- if (length(scores) >= 5) qt(0.975, length(scores) - 1) * sd(scores) / sqrt(length(scores)) else NA
    data.frame(
      competency = group$competency[1], view = group$view[1], n = length(scores),
      mean = mean(scores), low = mean(scores) - half, high = mean(scores) + half
    )
  }
  do.call(rbind, lapply(groups, one))
}

draw_means <- function(means, title) {
  competencies <- unique(means$competency)
  plot(NA, xlim = c(1, 5), ylim = c(length(competencies) + 0.5, 0.5), xlab = "", ylab = "", yaxt = "n", main = title)
  axis(2, at = seq_along(competencies), labels = competencies, las = 1)
  for (lane in seq_along(VIEWS)) {
    view <- VIEWS[lane]
    own <- means[means$view == view & !is.na(means$value), ]
    y <- match(own$competency, competencies) + (lane - 2) * 0.2
    segments(own$low, y, own$high, y, col = COLOURS[view])
    points(own$value, y, pch = MARKS[view], col = COLOURS[view])
  }
  legend("bottomright", VIEWS, pch = MARKS, col = COLOURS, bty = "n")
}

draw_heatmap <- function(heatmap, title) {
  cells <- as.matrix(heatmap[VIEWS])
  image(
    x = seq_along(VIEWS), y = seq_len(nrow(cells)), z = t(cells[rev(seq_len(nrow(cells))), , drop = FALSE]),
    zlim = c(1, 5), col = gray.colors(9, start = 0.95, end = 0.35), axes = FALSE, xlab = "", ylab = "", main = title
  )
  axis(3, at = seq_along(VIEWS), labels = VIEWS, tick = FALSE)
  axis(2, at = seq_len(nrow(cells)), labels = rev(heatmap$aspect), las = 1, cex.axis = 0.4, tick = FALSE)
}

draw_clarity <- function(clarity, title) {
  if (nrow(clarity) == 0) {
    plot.new()
    title(main = title)
    return(invisible())
  }
  clarity <- clarity[order(clarity$value), ]
  view <- ifelse(is.na(clarity$view), "", paste0(" (", clarity$view, ")"))
  labels <- paste0(clarity$aspect, " ", clarity$figure, view)
  barplot(clarity$value, names.arg = labels, horiz = TRUE, las = 1, cex.names = 0.5, xlim = c(0, 1), main = title)
}

main <- function(arguments) {
  if (length(arguments) < 2) stop("use: Rscript cohort.R figures.csv out [round] [schools.csv]", call. = FALSE)
  figures <- read_figures(arguments[1])
  out <- arguments[2]
  round <- if (length(arguments) >= 3) arguments[3] else tail(unique(figures$round), 1)
  figures <- figures[figures$round == round, ]
  if (nrow(figures) == 0) stop("there is no round ", round, " in ", arguments[1], call. = FALSE)
  dir.create(out, showWarnings = FALSE, recursive = TRUE)
  write <- function(table, name) write.csv(table, file.path(out, name), row.names = FALSE, na = "")
  means <- means_of(figures)
  heatmap <- heatmap_of(figures)
  clarity <- clarity_of(figures)
  write(means, "means.csv")
  write(heatmap, "heatmap.csv")
  write(clarity, "clarity.csv")
  pdf(file.path(out, "figures.pdf"), width = 8.3, height = 11.7)
  par(mar = c(4, 10, 6, 2))
  title <- paste(figures$cohort[1], round, sep = ", ")
  draw_means(means, title)
  draw_heatmap(heatmap, title)
  draw_clarity(clarity, title)
  invisible(dev.off())
  if (length(arguments) >= 4) {
    schools <- read_schools(arguments[4])
    again <- merge(means_of_schools(schools[schools$round == round, ]), means, by = c("competency", "view"))
    write(again, "means-of-schools.csv")
    off <- abs(again$mean - again$value)
    cat("means from the schools differ by at most", format(max(0, off, na.rm = TRUE), digits = 2), "\n")
  }
}

if (sys.nframe() == 0) main(commandArgs(trailingOnly = TRUE))
